import * as React from "react";

import { cn } from "~/lib/class-names";

function Label({ className, ...props }: React.ComponentProps<"label">) {
  // Every caller names its control with htmlFor, or wraps it.
  // eslint-disable-next-line jsx-a11y/label-has-associated-control
  return <label className={cn("text-[0.9375rem] font-semibold", className)} {...props} />;
}

export { Label };
