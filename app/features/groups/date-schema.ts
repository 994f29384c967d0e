import { z } from "zod";

import { isDay } from "~/features/availability/plan-schemas";

/** The form of a date. Whether it is to come, and free, is schedule_date's to say. */
export const DateSchema = z.object({
  day: z
    .string({ error: "Choose a date." })
    .refine((day) => isDay(day), { error: "Choose a date." }),
  starts_at: z
    .string({ error: "Choose a time." })
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Choose a time from the list."),
});
