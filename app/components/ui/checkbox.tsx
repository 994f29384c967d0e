import * as React from "react";

import { cn } from "~/lib/class-names";

const Checkbox = React.forwardRef<HTMLInputElement, React.ComponentPropsWithoutRef<"input">>(
  function Checkbox({ className, type = "checkbox", ...props }, ref) {
    return (
      <input
        ref={ref}
        type={type}
        className={cn("size-5 shrink-0 cursor-pointer accent-primary", className)}
        {...props}
      />
    );
  },
);

export { Checkbox };
