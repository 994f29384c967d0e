import { z } from "zod";

import { dollars, moment, sessionTime } from "./format.ts";
import type { Words } from "./words.ts";

/** What guest_mail_work says of a mail to somebody who booked at Calendly (supabase/schemas/calendly). */
export const GuestMailSchema = z.object({
  id: z.string(),
  kind: z.enum(["asked", "clash", "lapsed"]),
  email: z.string(),
  name: z.string(),
  coach_name: z.string(),
  offer_title: z.string(),
  price_cents: z.number(),
  starts_at: z.string(),
  ends_at: z.string(),
  time_zone: z.string(),
  pay_by: z.string(),
});

export type GuestMail = z.infer<typeof GuestMailSchema>;

/** What such a mail says. Times are in the zone that they booked in, which is named. */
export function guestWords(mail: GuestMail): Words {
  const when = sessionTime(mail.starts_at, mail.ends_at, mail.time_zone);
  const until = moment(mail.pay_by, mail.time_zone);
  const path = `/booked-at-calendly/${mail.id}`;
  switch (mail.kind) {
    case "asked":
      return {
        subject: `One more step for your session with ${mail.coach_name}`,
        paragraphs: [
          `You booked ${mail.offer_title} with ${mail.coach_name} through Calendly. ${mail.coach_name} coaches on Walkthrough, where sessions are paid for and take place.`,
          when,
          mail.price_cents === 0
            ? `It is free. Sign in or make an account by ${until} to confirm it; after that it is called off.`
            : `Sign in or make an account, and pay ${dollars(mail.price_cents)} by ${until} to confirm it; after that it is called off.`,
        ],
        action: { label: "Confirm the session", path },
      };
    case "clash":
      return {
        subject: `Please choose another time with ${mail.coach_name}`,
        paragraphs: [
          `You booked ${mail.offer_title} with ${mail.coach_name} through Calendly. Somebody else took this time on Walkthrough before, so it can’t be confirmed.`,
          when,
          `${mail.coach_name} knows. Choose another time with the link in Calendly’s mail; there is nothing to pay for this one.`,
        ],
        action: { label: "See your booking", path },
      };
    case "lapsed":
      return {
        subject: `Called off: ${mail.offer_title} with ${mail.coach_name}`,
        paragraphs: [
          `Your booking of ${mail.offer_title} with ${mail.coach_name} through Calendly was not confirmed in time. It does not take place, and nothing was charged.`,
          when,
        ],
        action: { label: "Choose another time", path },
      };
  }
}
