import { Form } from "@remix-run/react";

import { SubmitButton } from "~/components/submit-button";

type RemoveButtonProps = {
  /** The address that removes it. */
  action: string;
  /** What is removed, for who does not see the row: "Friday, May 1, 2026". */
  name: string;
};

/** Takes one line of a plan away, at once: it can be typed again. */
export function RemoveButton({ action, name }: RemoveButtonProps) {
  return (
    <Form method="post" action={action}>
      <SubmitButton variant="outline" size="sm" formTarget={action} pendingLabel="Removing…">
        Remove<span className="sr-only">: {name}</span>
      </SubmitButton>
    </Form>
  );
}
