import { Form } from "@remix-run/react";

import { Section } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import type { Session } from "~/features/bookings/bookings.server";
import { bookingNamePath } from "~/lib/paths";

type SeatCompanyProps = {
  bookingId: string;
  session: Session;
  /** Of the others who agreed; none while the reader has not. */
  names: string[];
};

/** Who else comes to a date, as far as they agreed, and whether the reader is named to them. */
export function SeatCompany({ bookingId, session, names }: SeatCompanyProps) {
  const isShown = session.is_name_shown;
  return (
    <Section title="Who else comes" className="mt-0">
      <div className="max-w-prose space-y-4">
        {names.length > 0 ? (
          <ul className="list-disc space-y-1 pl-5">
            {names.map((name, index) => (
              <li key={index}>{name}</li>
            ))}
          </ul>
        ) : (
          <p>
            {isShown
              ? "Nobody else has agreed to be named yet."
              : "You see the names of those who agreed once you agree as well."}
          </p>
        )}
        <p className="text-[0.9375rem] text-muted-foreground">
          {isShown
            ? "The others who agreed read your name here. "
            : `Only ${session.counterpart_name} reads your name. `}
          In the meeting on Zoom everybody can see and hear who is there. You are called{" "}
          {isShown ? "by your name" : "“Guest”"} there, as you chose before you first joined; in
          Zoom itself you can rename yourself at any time.
        </p>
        <Form method="post" action={bookingNamePath(bookingId)}>
          <input type="hidden" name="shown" value={isShown ? "no" : "yes"} />
          <SubmitButton
            variant="outline"
            pendingLabel="One moment…"
            formTarget={bookingNamePath(bookingId)}
          >
            {isShown ? "Hide my name" : "Show my name to the others"}
          </SubmitButton>
        </Form>
      </div>
    </Section>
  );
}
