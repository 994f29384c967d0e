import ChevronDown from "lucide-react/icons/chevron-down";
import * as React from "react";

import { controlClassName } from "~/components/ui/input";
import { cn } from "~/lib/class-names";

// The browser's own select: it works without scripts, with every keyboard and on every phone.
const Select = React.forwardRef<HTMLSelectElement, React.ComponentPropsWithoutRef<"select">>(
  function Select({ className, ...props }, ref) {
    return (
      <span className="relative block">
        <select
          ref={ref}
          className={cn(controlClassName, "h-12 cursor-pointer appearance-none pr-10", className)}
          {...props}
        />
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute right-3 top-1/2 size-4 -translate-y-1/2 text-muted-foreground"
        />
      </span>
    );
  },
);

export { Select };
