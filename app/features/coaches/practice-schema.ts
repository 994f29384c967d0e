import { z } from "zod";

import type { FieldByCode } from "~/lib/form-refusal";
import { textSchema } from "~/lib/text-schema";

function chosen(missing: string) {
  return z.array(z.string(), { error: missing }).min(1, missing);
}

/** Shape only: how long and how many is save_coach_profile's to say. */
export const PracticeSchema = z.object({
  headline: textSchema("Write a headline."),
  bio: textSchema("Write about yourself."),
  states: chosen("Choose at least one state."),
  specialties: chosen("Choose at least one specialty."),
  languages: chosen("Choose at least one language."),
  yearsInBusiness: z
    .number({ error: "Enter a number of years." })
    .int("Enter whole years.")
    .max(1_000, "Enter a number of years.")
    .min(0, "Enter a number of years."),
  timeZone: textSchema("Choose your time zone."),
});

export type PracticeValues = z.output<typeof PracticeSchema>;

/** What save_coach_profile refuses, and the field it is about. */
export const PRACTICE_FIELD_BY_CODE: FieldByCode<keyof PracticeValues> = {
  OCHED: "headline",
  OCBIO: "bio",
  OCSTA: "states",
  OCSPE: "specialties",
  OCLAN: "languages",
  OCYRS: "yearsInBusiness",
  UPZON: "timeZone",
};
