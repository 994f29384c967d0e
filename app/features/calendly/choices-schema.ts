import { z } from "zod";

/** Shape only: which event type an offer may be is save_calendly_choices's to say. */
export const CalendlyChoicesSchema = z.object({
  whenStale: z.enum(["closed", "open"], { error: "Choose one of the two." }),
  intake: z.enum(["off", "on", "page"], { error: "Choose one of the three." }),
  choices: z
    .array(
      z.object({
        offerId: z.uuid("Choose from the list."),
        eventTypeId: z.uuid("Choose from the list.").optional(),
      }),
    )
    .default([]),
});

export type CalendlyChoices = z.output<typeof CalendlyChoicesSchema>;
