import { Form, useLocation } from "@remix-run/react";

import { Logo, PRODUCT_NAME } from "~/components/logo";
import { cn } from "~/lib/class-names";
import {
  becomeACoachPath,
  coachesPath,
  howItWorksPath,
  privacyPath,
  signInPath,
  signUpPath,
  termsPath,
  themePath,
} from "~/lib/paths";

type FooterLink = { to: string; label: string; visitorsOnly?: boolean };

const COLUMNS: { title: string; links: FooterLink[] }[] = [
  {
    title: "Find help",
    links: [
      { to: coachesPath(), label: "All coaches" },
      { to: coachesPath({ q: "listing presentation" }), label: "Listing presentations" },
      { to: coachesPath({ q: "loan officer" }), label: "For loan officers" },
    ],
  },
  {
    title: PRODUCT_NAME,
    links: [
      { to: howItWorksPath(), label: "How it works" },
      { to: becomeACoachPath(), label: "Become a coach" },
      { to: signUpPath(), label: "Create account", visitorsOnly: true },
      { to: signInPath(), label: "Sign in", visitorsOnly: true },
    ],
  },
  {
    title: "Small print",
    links: [
      { to: privacyPath(), label: "Privacy" },
      { to: termsPath(), label: "Terms" },
    ],
  },
];

type SiteFooterProps = {
  theme: "light" | "dark" | null;
  /** Their tab bar takes room on phones, and they have an account. */
  isSignedIn: boolean;
};

/** The foot of every page. Plain links: nothing here is worth loading ahead. */
export function SiteFooter({ theme, isSignedIn }: SiteFooterProps) {
  return (
    <footer className={cn("mt-auto border-t", isSignedIn && "pb-20 lg:pb-0")}>
      <div className="mx-auto grid max-w-page grid-cols-2 gap-10 px-5 py-12 sm:px-8 lg:grid-cols-[1.6fr_1fr_1fr_1fr]">
        <div className="col-span-2 space-y-4 lg:col-span-1">
          <Logo />
          <p className="max-w-xs text-[0.9375rem] text-muted-foreground">
            Coaching for the people who sell homes and the people who finance them.
          </p>
        </div>
        {COLUMNS.map((column) => (
          <nav key={column.title} aria-label={column.title}>
            <h2 className="font-sans text-[0.9375rem] font-semibold">{column.title}</h2>
            <ul className="mt-2">
              {column.links
                .filter((link) => !(isSignedIn && link.visitorsOnly))
                .map((link) => (
                  <li key={link.to}>
                    <a
                      href={link.to}
                      className="inline-flex min-h-11 items-center text-[0.9375rem] text-muted-foreground hover:text-foreground hover:underline sm:min-h-9"
                    >
                      {link.label}
                    </a>
                  </li>
                ))}
            </ul>
          </nav>
        ))}
      </div>
      <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-4 px-5 pb-8 sm:px-8">
        <p className="text-sm text-muted-foreground">
          Coaches are independent. Coaching is not legal, tax or lending advice.
        </p>
        <ThemeChoice theme={theme} />
      </div>
    </footer>
  );
}

function ThemeChoice({ theme }: { theme: SiteFooterProps["theme"] }) {
  const { pathname, search } = useLocation();
  const choices = [
    { value: "", label: "Automatic" },
    { value: "light", label: "Light" },
    { value: "dark", label: "Dark" },
  ];
  return (
    <Form method="post" action={themePath()} preventScrollReset>
      <fieldset className="flex items-center rounded-md border p-0.5">
        <legend className="sr-only">Colors</legend>
        <input type="hidden" name="redirect_to" value={pathname + search} />
        {choices.map((choice) => (
          <button
            key={choice.value}
            type="submit"
            name="theme"
            value={choice.value}
            aria-pressed={(theme ?? "") === choice.value}
            className="min-h-11 rounded-sm px-3 text-sm text-muted-foreground hover:text-foreground aria-pressed:bg-secondary aria-pressed:font-medium aria-pressed:text-secondary-foreground sm:min-h-8"
          >
            {choice.label}
          </button>
        ))}
      </fieldset>
    </Form>
  );
}
