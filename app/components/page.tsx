import type { ReactNode } from "react";

import { cn } from "~/lib/class-names";

const WIDTHS = {
  /** Sign-in, one short form. */
  form: "max-w-form",
  /** Reading and longer forms. */
  narrow: "max-w-narrow",
  /** Everything else. */
  page: "max-w-page",
} as const;

type PageProps = {
  children: ReactNode;
  width?: keyof typeof WIDTHS;
  className?: string;
};

/** The main part of a page. The skip link in root.tsx leads here. */
export function Page({ children, width = "page", className }: PageProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={cn(
        "mx-auto w-full flex-1 px-5 pb-20 pt-8 outline-none sm:px-8 sm:pt-12",
        WIDTHS[width],
        className,
      )}
    >
      {children}
    </main>
  );
}

type PageHeaderProps = {
  title: ReactNode;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  /** Where this page belongs, usually a link back. */
  above?: ReactNode;
  /** Buttons that concern the whole page. */
  actions?: ReactNode;
};

/** The page's h1, with what introduces it. */
export function PageHeader({ title, lead, above, actions }: PageHeaderProps) {
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-5 sm:mb-10">
      <div className="max-w-2xl space-y-3">
        {above ? <div className="text-[0.9375rem] text-muted-foreground">{above}</div> : null}
        <h1 className="text-display-md sm:text-display-lg">{title}</h1>
        {lead ? <p className="text-lg leading-relaxed text-muted-foreground">{lead}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-3">{actions}</div> : null}
    </header>
  );
}

type SectionProps = {
  title?: ReactNode;
  lead?: ReactNode;
  /** Beside the title: "See all". */
  action?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** A part of a page under an h2. */
export function Section({ title, lead, action, children, className }: SectionProps) {
  return (
    <section className={cn("mt-12 first:mt-0", className)}>
      {title ? (
        <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <div className="space-y-1.5">
            <h2 className="text-display-sm">{title}</h2>
            {lead ? <p className="max-w-2xl text-muted-foreground">{lead}</p> : null}
          </div>
          {action}
        </div>
      ) : null}
      {children}
    </section>
  );
}
