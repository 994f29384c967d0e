import { cn } from "~/lib/class-names";
import type { Scope } from "~/lib/paths";

type ScopeLinksProps = {
  scope: Scope;
  /** How many sessions are changed with the one whose page this is, itself included. */
  count: number;
  /** The address of the same page for a scope. */
  toScope: (scope: Scope) => string;
};

/** What a page that changes a session of a series is about: this one, or all that follow as well. */
export function ScopeLinks({ scope, count, toScope }: ScopeLinksProps) {
  const choices = [
    { value: null, label: "This session" },
    { value: "following", label: `This and all that follow (${count})` },
  ] as const;
  return (
    <nav aria-label="Which sessions" className="flex flex-wrap gap-2">
      {choices.map(({ value, label }) => (
        <a
          key={label}
          href={toScope(value)}
          aria-current={scope === value ? "page" : undefined}
          className={cn(
            "inline-flex min-h-11 items-center rounded-md border px-4 text-[0.9375rem] font-medium",
            scope === value
              ? "border-primary bg-primary text-primary-foreground"
              : "border-input/60 bg-card hover:border-primary",
          )}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
