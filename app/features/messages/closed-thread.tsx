import { Form, Link } from "@remix-run/react";

import { SubmitButton } from "~/components/submit-button";
import { coachMessagePath, unblockConversationPath } from "~/lib/paths";

type ClosedThreadProps = {
  conversationId: string;
  because: string;
  /** Whose page to write from; null when the other is the client. */
  coachSlug: string | null;
};

/** In place of the composer, where nobody may write: why, and what can be done about it. */
export function ClosedThread({ conversationId, because, coachSlug }: ClosedThreadProps) {
  if (because === "over") {
    return (
      <p className="border-t p-4 text-muted-foreground sm:p-6">
        Nothing was written here for 90 days.{" "}
        {coachSlug ? (
          <>
            <Link to={coachMessagePath(coachSlug)} className="text-link">
              Write a new enquiry
            </Link>{" "}
            or book a session to open the conversation again.
          </>
        ) : (
          "It opens again when your client books or writes to you."
        )}
      </p>
    );
  }
  if (because !== "blocked_by_you") {
    return (
      <p className="border-t p-4 text-muted-foreground sm:p-6">{reason(because, coachSlug)}</p>
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

/** Why nobody writes here, where the reader can do nothing about it. */
function reason(because: string, coachSlug: string | null): string {
  switch (because) {
    case "closed":
      return "We have closed this conversation: nothing more can be written in it.";
    case "suspended":
      return coachSlug
        ? "This coach is suspended: nothing more can be written here, and what they wrote is hidden."
        : "Your practice is suspended: you can write to nobody, and what you wrote is hidden. Write to support to have it looked at.";
    case "left":
      return `This ${coachSlug ? "coach" : "client"} has left: nothing more can be written here.`;
    default:
      return "This conversation takes no more messages.";
  }
}
