import ArrowLeft from "lucide-react/icons/arrow-left";
import ArrowRight from "lucide-react/icons/arrow-right";
import type { ReactNode } from "react";

import { buttonVariants } from "~/components/ui/button";

type PaginationProps = {
  /** From 1. */
  page: number;
  /** Whether there is one after it. Counting all pages would cost more the more there are. */
  hasNext: boolean;
  /** The address of a page. */
  toPage: (page: number) => string;
};

/** Links to the pages before and after. Draws nothing when there is only one. */
export function Pagination({ page, hasNext, toPage }: PaginationProps) {
  if (page === 1 && !hasNext) return null;
  return (
    <nav aria-label="Pages" className="mt-10 flex items-center justify-between gap-4">
      <PageLink href={page > 1 ? toPage(page - 1) : null} rel="prev">
        <ArrowLeft aria-hidden /> Previous<span className="sr-only"> page</span>
      </PageLink>
      <p className="text-[0.9375rem] tabular-nums text-muted-foreground">Page {page}</p>
      <PageLink href={hasNext ? toPage(page + 1) : null} rel="next">
        Next<span className="sr-only"> page</span> <ArrowRight aria-hidden />
      </PageLink>
    </nav>
  );
}

function PageLink(props: { href: string | null; rel: "prev" | "next"; children: ReactNode }) {
  // An empty place keeps "Page 1" in the middle.
  if (!props.href) return <span className="w-28" />;
  return (
    <a href={props.href} rel={props.rel} className={buttonVariants({ variant: "outline" })}>
      {props.children}
    </a>
  );
}
