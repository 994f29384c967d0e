import { Form, useLocation } from "@remix-run/react";
import Moon from "lucide-react/icons/moon";
import Sun from "lucide-react/icons/sun";

import { cn } from "~/lib/class-names";
import { themePath } from "~/lib/paths";

/** Light or dark, as a form. Which of the two buttons shows is decided by the style sheet. */
export function ThemeToggle({ className }: { className?: string }) {
  const { pathname, search } = useLocation();
  const button = "size-11 place-items-center rounded-md hover:bg-accent";

  return (
    <Form method="post" action={themePath()} preventScrollReset className={className}>
      <input type="hidden" name="redirect_to" value={pathname + search} />
      <button type="submit" name="theme" value="dark" className={cn("grid dark:hidden", button)}>
        <Moon aria-hidden className="size-5" />
        <span className="sr-only">Dark colors</span>
      </button>
      <button type="submit" name="theme" value="light" className={cn("hidden dark:grid", button)}>
        <Sun aria-hidden className="size-5" />
        <span className="sr-only">Light colors</span>
      </button>
    </Form>
  );
}
