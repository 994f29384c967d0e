import * as React from "react";

import { cn } from "~/lib/class-names";

const controlClassName =
  "w-full rounded-md border border-input bg-card px-3.5 text-base text-card-foreground transition-colors placeholder:text-muted-foreground hover:border-foreground/60 disabled:cursor-not-allowed disabled:opacity-60 aria-[invalid=true]:border-destructive aria-[invalid=true]:ring-1 aria-[invalid=true]:ring-destructive";

const Input = React.forwardRef<HTMLInputElement, React.ComponentPropsWithoutRef<"input">>(
  function Input({ className, ...props }, ref) {
    return <input ref={ref} className={cn(controlClassName, "h-12", className)} {...props} />;
  },
);

export { Input, controlClassName };
