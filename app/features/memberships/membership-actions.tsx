import { Form } from "@remix-run/react";

import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { membershipDecisionPath, membershipPlanPath } from "~/lib/paths";

import type { Membership } from "./memberships.server";

const LABELS = {
  pause: "Pause it",
  resume: "Resume it",
  cancel: "Cancel membership",
  keep: "Keep my membership",
} as const;

/** What can be done with a membership as it stands: one click each, and nothing in between. */
export function MembershipActions({ membership }: { membership: Membership }) {
  return (
    <div className="flex flex-wrap gap-3">
      {membership.choices.map((choice) =>
        choice === "change_plan" ? (
          <Button key={choice} asChild variant="outline">
            <a href={membershipPlanPath(membership.id)}>Change plan</a>
          </Button>
        ) : (
          <Form key={choice} method="post" action={membershipDecisionPath(membership.id, choice)}>
            <SubmitButton
              variant={choice === "resume" || choice === "keep" ? "default" : "outline"}
              formTarget={membershipDecisionPath(membership.id, choice)}
              pendingLabel="One moment…"
            >
              {LABELS[choice]}
            </SubmitButton>
          </Form>
        ),
      )}
    </div>
  );
}
