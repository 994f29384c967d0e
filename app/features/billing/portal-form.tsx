import { Form } from "@remix-run/react";

import { SubmitButton } from "~/components/submit-button";
import { billingPortalPath } from "~/lib/paths";

/** Leads to Stripe's page where the card is changed. */
export function PortalForm({ label }: { label: string }) {
  const action = billingPortalPath();
  return (
    <Form method="post" action={action}>
      <SubmitButton variant="outline" formTarget={action} pendingLabel="One moment…">
        {label}
      </SubmitButton>
    </Form>
  );
}
