import { z } from "zod";

import type { FieldByCode } from "~/lib/form-refusal";
import { textSchema } from "~/lib/text-schema";

const A_PRICE = "Enter a price in dollars, such as 150 or 149.50.";

/** Dollars as people type them, to cents: "150", "$1,250.00", "149.5". */
const Price = z
  .string({ error: A_PRICE })
  .trim()
  .regex(/^\$?\s?\d{1,3}(,?\d{3}){0,2}(\.\d{1,2})?$/, A_PRICE)
  .transform((typed) => Math.round(Number(typed.replace(/[$,\s]/g, "")) * 100));

/** Shape only: the ranges are make_offer's and change_offer's to say. */
export const OfferSchema = z.object({
  title: textSchema("Name the session."),
  description: textSchema().default(""),
  durationMinutes: z.number({ error: "Choose a length." }).int("Choose a length."),
  price: Price,
  /** Of a group session. */
  seats: z.number({ error: "Enter a number of seats." }).int("Enter a whole number.").optional(),
  /** Of a package, whose price is that of one of its sessions. */
  sessionCount: z
    .number({ error: "Enter a number of sessions." })
    .int("Enter a whole number.")
    .optional(),
  validMonths: z
    .number({ error: "Enter a number of months." })
    .int("Enter a whole number.")
    .optional(),
  /** Of a package: in how many monthly parts it can be paid; empty for at once only. */
  instalments: z
    .number({ error: "Enter a number of payments." })
    .int("Enter a whole number.")
    .optional(),
  /** Of a package: for how many sessions the first of those parts is; empty for as many as the others. */
  depositSessions: z
    .number({ error: "Enter a number of sessions." })
    .int("Enter a whole number.")
    .optional(),
  /** A checkbox: absent when it isn't checked. */
  askFirst: z.boolean().default(false),
});

export type OfferValues = z.output<typeof OfferSchema>;

/** What the two refuse, and the field it is about. */
export const OFFER_FIELD_BY_CODE: FieldByCode<keyof OfferValues> = {
  OFTIT: "title",
  OFDES: "description",
  OFLEN: "durationMinutes",
  OFPRI: "price",
  OFSEA: "seats",
  OFSES: "sessionCount",
  OFVAL: "validMonths",
  OFINS: "instalments",
  OFDEP: "depositSessions",
};

const LENGTHS = [15, 20, 30, 45, 50, 60, 75, 90, 120, 180, 240];

/**
 * The lengths to choose from, in minutes, with the chosen one among them whatever it is.
 *
 * @param chosen minutes, if any
 */
export function lengthChoices(chosen: number | undefined): number[] {
  return [...new Set([...LENGTHS, ...(chosen ? [chosen] : [])])].sort((one, other) => one - other);
}

/** The form's values for an offer as it is stored. */
export function offerFormValues(offer: {
  title: string;
  description: string;
  duration_minutes: number;
  price_cents: number;
  is_instant: boolean;
  seats: number | null;
  session_count: number | null;
  valid_months: number | null;
  instalments: number | null;
  deposit_sessions: number | null;
}) {
  const { title, description, duration_minutes: durationMinutes } = offer;
  const cents = sessionCents(offer);
  const price = cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
  const seats = offer.seats ?? undefined;
  return {
    title,
    description,
    durationMinutes,
    price,
    seats,
    sessionCount: offer.session_count ?? undefined,
    validMonths: offer.valid_months ?? undefined,
    instalments: offer.instalments ?? undefined,
    depositSessions: offer.deposit_sessions ?? undefined,
    askFirst: !offer.is_instant,
  };
}

/** What one session of an offer costs: of a package its part of the price, which divides by them. */
export function sessionCents(offer: { price_cents: number; session_count: number | null }): number {
  return offer.price_cents / (offer.session_count ?? 1);
}
