import { Form } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { SubmitButton } from "~/components/submit-button";
import { coachPayoutsDashboardPath } from "~/lib/paths";

import { dueWords } from "./due-words";
import type { PayoutAccount } from "./payouts.server";

/** Whether a coach can be paid, what is in the way, and the button that goes on. */
export function PayoutStatus({ account }: { account: PayoutAccount | null }) {
  if (!account) {
    return (
      <EmptyState
        title="Tell Stripe where to pay you"
        action={<OnboardingForm label="Set up payouts" />}
      >
        <p>
          Stripe asks for your name, your date of birth, the last four digits of your Social
          Security number and a bank account. It takes five minutes; we see none of it but the
          bank’s name.
        </p>
      </EmptyState>
    );
  }

  const { title, text, action } = stateOf(account);
  return (
    <div className="space-y-4 rounded-lg border bg-card px-5 py-5 sm:px-6">
      <h2 className="text-display-sm">{title}</h2>
      <p className="max-w-prose text-muted-foreground">{text}</p>
      {action}
    </div>
  );
}

function stateOf(account: PayoutAccount) {
  switch (account.status) {
    case "incomplete":
      return {
        title: "Stripe needs more from you",
        text: `Missing: ${new Intl.ListFormat("en-US").format(dueWords(account.currently_due))}. Until then nothing can be paid to you; what you earn waits for you.`,
        action: <OnboardingForm label="Go on at Stripe" />,
      };
    case "verifying":
      return {
        title: "Stripe is checking your details",
        text: "It takes some minutes, at times a day or two. There is nothing for you to do.",
        action: <DashboardForm />,
      };
    case "active":
      return {
        title: "You can be paid",
        text: `Your earnings go to ${bankOf(account)}.`,
        action: <DashboardForm />,
      };
    case "rejected":
      return {
        title: "Stripe won’t pay this account",
        text: "It does not tell us why. Ask Stripe’s support; what you earn waits for you.",
        action: null,
      };
  }
}

function bankOf({ bank_name, bank_last4 }: PayoutAccount): string {
  if (!bank_last4) return "the bank account that you gave to Stripe";
  return `${bank_name ?? "your bank"}, account ending in ${bank_last4}`;
}

// The whole page goes there: it is another site.
function OnboardingForm({ label }: { label: string }) {
  return (
    <Form method="post" reloadDocument>
      <SubmitButton size="lg">{label}</SubmitButton>
    </Form>
  );
}

function DashboardForm() {
  return (
    <Form method="post" action={coachPayoutsDashboardPath()} reloadDocument>
      <SubmitButton variant="outline" formTarget={coachPayoutsDashboardPath()}>
        See payouts at Stripe
      </SubmitButton>
    </Form>
  );
}
