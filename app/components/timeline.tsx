import type { ReactNode } from "react";

/** What happened, in order, along a line. */
export function Timeline({ children }: { children: ReactNode }) {
  return <ol className="relative space-y-6 border-l-2 border-border pl-6">{children}</ol>;
}

type TimelineItemProps = {
  /** When: usually a `<DateTime>`. */
  at?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  /** The step things have come to. */
  current?: boolean;
};

/** One step of a `<Timeline>`. */
export function TimelineItem({ at, title, children, current = false }: TimelineItemProps) {
  return (
    <li className="relative" aria-current={current ? "step" : undefined}>
      <span
        aria-hidden
        className={`absolute -left-[1.9375rem] top-1.5 size-3 rounded-full border-2 border-background ${
          current ? "bg-lamp ring-2 ring-foreground" : "bg-foreground/60"
        }`}
      />
      <p className="font-semibold">{title}</p>
      {at ? <p className="text-sm text-muted-foreground">{at}</p> : null}
      {children ? <div className="mt-1 text-[0.9375rem]">{children}</div> : null}
    </li>
  );
}
