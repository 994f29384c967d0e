import { Form } from "@remix-run/react";

import type { MailStop } from "~/components/mail-stopped";
import { Section } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { confirmMailAddressPath } from "~/lib/paths";

const WORDS = {
  bounce: {
    title: "Your mail does not arrive",
    text: "came back to us, so nothing more is mailed there. What we have to tell you is shown under Notifications. If the address is wrong, change it where you sign in; if it is right, make room in your mailbox or ask whoever runs it.",
    button: "It is right: mail me again",
  },
  complaint: {
    title: "You marked our mail as spam",
    text: "gets only what we have to send in writing: bookings and money. If that was a mistake, or you want the rest again, say so. You can choose what comes before that.",
    button: "Mail me again",
  },
};

/** What is wrong with one's address, and the way out. */
export function MailStoppedSection({ reason, email }: { reason: MailStop; email: string }) {
  const { title, text, button } = WORDS[reason];
  return (
    <Section title={title} className="mb-10">
      <p className="mb-5">
        {reason === "bounce" ? "A mail to " : null}
        <strong className="break-words">{email}</strong> {text}
      </p>
      <Form method="post" action={confirmMailAddressPath()}>
        <SubmitButton pendingLabel="Saving…">{button}</SubmitButton>
      </Form>
    </Section>
  );
}
