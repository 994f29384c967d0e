import type { ReactNode } from "react";

type StatProps = { label: string; value: ReactNode; note?: ReactNode };

/** One figure of a `<StatList>`. */
export function Stat({ label, value, note }: StatProps) {
  return (
    <div className="border-l-2 border-lamp pl-4">
      <dt className="text-[0.9375rem] text-muted-foreground">{label}</dt>
      <dd className="mt-1 font-display text-display-md font-[550] tabular-nums">{value}</dd>
      {note ? <dd className="mt-0.5 text-sm text-muted-foreground">{note}</dd> : null}
    </div>
  );
}

/** Figures side by side. */
export function StatList({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-2 gap-x-6 gap-y-8 lg:grid-cols-4">{children}</dl>;
}
