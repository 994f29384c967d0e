import { z } from "zod";

import { OfferSchema } from "~/features/offers/offer-schema";
import type { FieldByCode } from "~/lib/form-refusal";

/** Shape only: the ranges are make_membership_offer's to say. */
export const MembershipOfferSchema = OfferSchema.pick({
  title: true,
  description: true,
  durationMinutes: true,
  price: true,
}).extend({
  interval: z.enum(["month", "year"], { error: "Choose how often it is paid." }),
  sessionsAMonth: z
    .number({ error: "Enter a number of sessions." })
    .int("Enter a whole number of sessions."),
  /** Empty for none. */
  trialDays: z.number({ error: "Enter a number of days." }).int("Enter whole days.").optional(),
});

export type MembershipOfferValues = z.output<typeof MembershipOfferSchema>;

/** What make_membership_offer and change_membership_offer refuse, and the field it is about. */
export const MEMBERSHIP_OFFER_FIELD_BY_CODE: FieldByCode<keyof MembershipOfferValues> = {
  OFTIT: "title",
  OFDES: "description",
  OFLEN: "durationMinutes",
  OFPRI: "price",
  OFMEM: ({ detail }) => (detail === "trial" ? "trialDays" : "sessionsAMonth"),
};

/** The form's values for an offer as it is stored. */
export function membershipOfferFormValues(offer: {
  title: string;
  description: string;
  duration_minutes: number;
  price_cents: number;
  billing_interval: "month" | "year" | null;
  sessions_a_month: number | null;
  trial_days: number | null;
}) {
  return {
    title: offer.title,
    description: offer.description,
    durationMinutes: offer.duration_minutes,
    price: (offer.price_cents / 100).toFixed(2).replace(/\.00$/, ""),
    interval: offer.billing_interval ?? ("month" as const),
    sessionsAMonth: offer.sessions_a_month ?? undefined,
    trialDays: offer.trial_days === 0 ? undefined : (offer.trial_days ?? undefined),
  };
}
