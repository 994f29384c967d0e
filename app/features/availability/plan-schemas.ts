import { z } from "zod";

import { textSchema } from "~/lib/text-schema";

import { POSITIONS } from "./weekly-hours";

/** A date that exists, YYYY-MM-DD, as a date field sends it. */
const Day = z
  .string({ error: "Choose a date." })
  .refine((day) => isDay(day), { error: "Choose a date." });

const Time = z
  .string({ error: "Choose a time." })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "Choose a time from the list.");

/** Hours of one date, wall time. */
export type DayBlock = { starts_at: string; ends_at: string };

/** The names of the two fields of a block. */
export function overrideFields(position: number) {
  return { from: `from_${position}`, to: `to_${position}` } as const;
}

/** The form of a date with hours of its own. Order and overlap are save_date_override's to judge. */
export const OverrideSchema = z
  .object({
    day: Day,
    kind: z.enum(["hours", "closed"], { error: "Choose one of the two." }),
    from_1: Time.optional(),
    to_1: Time.optional(),
    from_2: Time.optional(),
    to_2: Time.optional(),
    from_3: Time.optional(),
    to_3: Time.optional(),
  })
  .transform((form, context): { day: string; hours: DayBlock[] } => {
    if (form.kind === "closed") return { day: form.day, hours: [] };
    const hours = POSITIONS.flatMap((position): DayBlock[] => {
      const { from, to } = overrideFields(position);
      const starts_at = form[from as "from_1"];
      const ends_at = form[to as "to_1"];
      if (starts_at && ends_at) return [{ starts_at, ends_at }];
      if (starts_at) context.addIssue({ code: "custom", path: [to], message: "Choose an end." });
      if (ends_at) context.addIssue({ code: "custom", path: [from], message: "Choose a start." });
      return [];
    });
    if (hours.length === 0 && context.issues.length === 0) {
      context.addIssue({
        code: "custom",
        path: ["from_1"],
        message: "Choose hours, or that you are closed all day.",
      });
    }
    return { day: form.day, hours };
  });

/** The form of a time away. Whether it ends after it starts is add_out_of_office's to say. */
export const OutOfOfficeSchema = z.object({
  first_day: Day,
  starts_at: Time,
  last_day: Day,
  ends_at: Time,
  note: textSchema(),
});

/** The form of a trip. */
export const TravelSchema = z.object({
  first_day: Day,
  last_day: Day,
  time_zone: z.string({ error: "Choose a time zone." }),
});

/** Whether it is the name of a day of the calendar: YYYY-MM-DD, and no February 30. */
export function isDay(text: string): boolean {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
