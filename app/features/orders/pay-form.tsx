import { Form } from "@remix-run/react";
import Lock from "lucide-react/icons/lock";

import { SubmitButton } from "~/components/submit-button";

/** The button that leads to Stripe's payment page, and what happens there. */
export function PayForm({ label, note }: { label: string; note: string }) {
  return (
    <>
      <Form method="post">
        <SubmitButton size="lg" className="w-full" pendingLabel="Opening the payment page…">
          <Lock aria-hidden /> {label}
        </SubmitButton>
      </Form>
      <p className="text-center text-sm text-muted-foreground">{note}</p>
    </>
  );
}

/** Where somebody pays who pays at once. */
export const AT_STRIPE = "You pay on Stripe’s own page. We never see your card.";
