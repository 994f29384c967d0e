import type { ReactNode } from "react";

type EmptyStateProps = {
  title: string;
  /** Why it is empty, and what would fill it. */
  children: ReactNode;
  /** The button or link that does. */
  action?: ReactNode;
};

/** In place of a list that has nothing in it: an unfurnished room, and the way to furnish it. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-6 rounded-lg border border-dashed border-input/60 px-6 py-10 sm:flex-row sm:items-center sm:px-10">
      <svg
        viewBox="0 0 96 72"
        aria-hidden
        fill="none"
        className="h-16 w-auto shrink-0 stroke-muted-foreground"
      >
        <path d="M34 68H4V4h88v64H64" strokeWidth="4" />
        <path d="M34 68V38a30 30 0 0 1 30 30" strokeWidth="1.5" />
        <path d="M34 68V38" className="stroke-lamp" strokeWidth="3" />
        <path d="M22 4h22M92 24v22" className="stroke-background" strokeWidth="5" />
        <path d="M22 3h22M22 6h22M91 24v22M94 24v22" strokeWidth="1" />
      </svg>
      <div className="max-w-prose space-y-2">
        <p className="font-display text-display-sm font-[550]">{title}</p>
        <div className="text-muted-foreground">{children}</div>
        {action ? <div className="pt-2">{action}</div> : null}
      </div>
    </div>
  );
}
