import { Form } from "@remix-run/react";

import { SubmitButton } from "~/components/submit-button";
import { unblockConversationPath } from "~/lib/paths";

type ClosedThreadProps = { conversationId: string; because: string };

/** In place of the composer, where nobody may write: why, and what can be done about it. */
export function ClosedThread({ conversationId, because }: ClosedThreadProps) {
  if (because !== "blocked_by_you") {
    return (
      <p className="border-t p-4 text-muted-foreground sm:p-6">
        {because === "closed"
          ? "We have closed this conversation: nothing more can be written in it."
          : "This conversation takes no more messages."}
      </p>
    );
  }
  return (
    <Form
      method="post"
      action={unblockConversationPath(conversationId)}
      className="flex flex-wrap items-center justify-between gap-3 border-t p-4 sm:p-6"
    >
      <p className="text-muted-foreground">You have blocked this conversation.</p>
      <SubmitButton variant="outline" pendingLabel="Unblocking…">
        Unblock
      </SubmitButton>
    </Form>
  );
}
