import { cva, type VariantProps } from "class-variance-authority";
import * as React from "react";

import { cn } from "~/lib/class-names";

const alertVariants = cva(
  "relative rounded-md border border-l-4 bg-card px-4 py-3.5 text-[0.9375rem] text-card-foreground",
  {
    variants: {
      variant: {
        default: "border-l-primary",
        success: "border-l-success",
        warning: "border-l-lamp",
        destructive: "border-l-destructive",
      },
    },
    defaultVariants: { variant: "default" },
  },
);

type AlertProps = React.ComponentProps<"div"> & VariantProps<typeof alertVariants>;

function Alert({ className, variant, ...props }: AlertProps) {
  return <div className={cn(alertVariants({ variant }), className)} {...props} />;
}

function AlertTitle({ className, ...props }: React.ComponentProps<"p">) {
  return <p className={cn("font-semibold", className)} {...props} />;
}

function AlertDescription({ className, ...props }: React.ComponentProps<"div">) {
  return <div className={cn("text-muted-foreground [p+&]:mt-0.5", className)} {...props} />;
}

export { Alert, AlertDescription, AlertTitle };
