import { cva, type VariantProps } from "class-variance-authority";
import * as React from "react";

import { cn } from "~/lib/class-names";

const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md font-semibold transition-colors disabled:pointer-events-none disabled:opacity-55 aria-disabled:cursor-progress aria-disabled:opacity-70 [&_svg]:size-[1.15em] [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        default: "bg-primary text-primary-foreground hover:bg-primary/90",
        lamp: "bg-lamp text-lamp-foreground hover:bg-lamp/85",
        destructive: "bg-destructive text-destructive-foreground hover:bg-destructive/90",
        outline: "border border-input bg-card text-card-foreground hover:bg-accent",
        secondary: "bg-secondary text-secondary-foreground hover:bg-secondary/75",
        ghost: "text-foreground hover:bg-accent hover:text-accent-foreground",
        link: "text-link h-auto px-0 py-0",
      },
      size: {
        default: "h-11 px-5 text-[0.9375rem]",
        sm: "h-11 px-3.5 text-sm sm:h-9",
        lg: "h-[3.25rem] px-7 text-base",
        icon: "size-11",
      },
    },
    defaultVariants: { variant: "default", size: "default" },
  },
);

type ButtonProps = React.ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    /** Gives the looks to the only child instead: a link. */
    asChild?: boolean;
  };

function Button({ className, variant, size, asChild = false, ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (!asChild) return <button className={classes} {...props} />;

  // Radix's Slot would do this too, and much that links don't need.
  const child = React.Children.only(props.children) as React.ReactElement<{ className?: string }>;
  return React.cloneElement(child, { className: cn(classes, child.props.className) });
}

export { Button, buttonVariants, type ButtonProps };
