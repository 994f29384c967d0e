import { z } from "zod";

import { textSchema } from "~/lib/text-schema";

const RatingSchema = z.int({ error: "Choose one to five stars." });

const WORDS = {
  // Shape only. How much text is enough is write_review's to say.
  body: textSchema("Write a few lines about the session."),
  note: textSchema(),
};

/** What a review's form sends, by who wrote it. */
export const ReviewSchema = z.discriminatedUnion("party", [
  z.object({
    party: z.literal("client"),
    market_rating: RatingSchema,
    advice_rating: RatingSchema,
    worth_rating: RatingSchema,
    ...WORDS,
  }),
  z.object({
    party: z.literal("coach"),
    preparation_rating: RatingSchema,
    openness_rating: RatingSchema,
    follow_through_rating: RatingSchema,
    ...WORDS,
  }),
]);

export type ReviewToWrite = z.infer<typeof ReviewSchema>;
