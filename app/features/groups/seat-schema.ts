import { z } from "zod";

import { textSchema } from "~/lib/text-schema";

/** The form of a seat. Whether the date has one left is take_seat's to say. */
export const SeatSchema = z.object({
  date: z.uuid({ error: "Choose a date." }),
  note: textSchema(),
  coupon: textSchema(),
  /** A checkbox: absent when it isn't checked. */
  showName: z.boolean().default(false),
});
