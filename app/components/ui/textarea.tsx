import * as React from "react";

import { controlClassName } from "~/components/ui/input";
import { cn } from "~/lib/class-names";

const Textarea = React.forwardRef<HTMLTextAreaElement, React.ComponentPropsWithoutRef<"textarea">>(
  function Textarea({ className, rows = 5, ...props }, ref) {
    return (
      <textarea
        ref={ref}
        rows={rows}
        className={cn(controlClassName, "py-3 leading-relaxed", className)}
        {...props}
      />
    );
  },
);

export { Textarea };
