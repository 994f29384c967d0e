import type { ReactNode } from "react";

/** Things of one kind under each other, divided by lines. */
export function RowList({ children }: { children: ReactNode }) {
  return <ul className="divide-y overflow-hidden rounded-lg border bg-card">{children}</ul>;
}

type RowProps = {
  /** A picture or a date, at the left. */
  lead?: ReactNode;
  title: ReactNode;
  /** Lines below the title. */
  children?: ReactNode;
  /** Amount, badge or buttons, at the right; below the rest on phones. */
  trail?: ReactNode;
};

/** One of a `<RowList>`. */
export function Row({ lead, title, children, trail }: RowProps) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 px-5 py-4 sm:flex-nowrap sm:items-center sm:px-6">
      {lead ? <div className="shrink-0">{lead}</div> : null}
      <div className="min-w-0 flex-1 space-y-1">
        <div className="font-semibold">{title}</div>
        {children ? <div className="text-[0.9375rem] text-muted-foreground">{children}</div> : null}
      </div>
      {trail ? (
        <div className="flex w-full shrink-0 flex-wrap items-center gap-3 sm:w-auto sm:justify-end">
          {trail}
        </div>
      ) : null}
    </li>
  );
}
