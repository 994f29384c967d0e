import { useLocation } from "@remix-run/react";
import type { FocusEvent, KeyboardEvent, ReactNode } from "react";

import { cn } from "~/lib/class-names";

type MenuProps = {
  /** What the button shows. */
  trigger: ReactNode;
  triggerClassName?: string;
  panelClassName?: string;
  className?: string;
  children: ReactNode;
};

/**
 * A button that opens a panel: `<details>`, so it works without scripts. With them it also closes on
 * Escape, when the focus leaves it, and after a link in it was followed.
 */
export function Menu({
  trigger,
  triggerClassName,
  panelClassName,
  className,
  children,
}: MenuProps) {
  const { key } = useLocation();
  return (
    // A new key after every navigation draws the menu anew, closed.
    // The handlers only add comfort to an element that is interactive by itself.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <details key={key} className={className} onKeyDown={closeOnEscape} onBlur={closeOnLeave}>
      <summary
        className={cn(
          "flex min-h-11 select-none items-center gap-2 rounded-md hover:bg-accent",
          triggerClassName,
        )}
      >
        {trigger}
      </summary>
      <div className={panelClassName}>{children}</div>
    </details>
  );
}

function closeOnEscape(event: KeyboardEvent<HTMLDetailsElement>) {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary")?.focus();
}

function closeOnLeave(event: FocusEvent<HTMLDetailsElement>) {
  // No new focus at all: the window lost it, or something that takes none was pressed.
  if (!event.relatedTarget) return;
  if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
}
