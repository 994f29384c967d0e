import { cn } from "~/lib/class-names";

/** The name, in one place. */
export const PRODUCT_NAME = "Walkthrough";

/** The mark: how a plan draws a door, open. */
function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cn("size-8", className)} fill="none">
      <path d="M8 26V5a21 21 0 0 1 21 21z" className="fill-lamp" />
      <path d="M8 5v21" className="stroke-current" strokeWidth="3.5" strokeLinecap="square" />
      <path d="M1 26h7M29 26h2" className="stroke-current" strokeWidth="3.5" />
    </svg>
  );
}

/** Mark and name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5", className)}>
      <LogoMark className="size-7" />
      <span className="font-display text-[1.1875rem] font-semibold tracking-[-0.02em]">
        {PRODUCT_NAME}
      </span>
    </span>
  );
}
