import { Form } from "@remix-run/react";

import { SubmitButton } from "~/components/submit-button";
import { coachCalendlyConnectPath } from "~/lib/paths";

/** The button that leads to Calendly. The whole page goes there: it is another site. */
export function ConnectForm({ label }: { label: string }) {
  return (
    <Form method="post" action={coachCalendlyConnectPath()} reloadDocument>
      <SubmitButton size="lg" formTarget={coachCalendlyConnectPath()}>
        {label}
      </SubmitButton>
    </Form>
  );
}
