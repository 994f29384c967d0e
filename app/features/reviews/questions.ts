/** A party of a session, as the author of a review. */
export type ReviewParty = "client" | "coach";

/** What each party is asked about the other, one to five stars each; named as in the database. */
export const QUESTIONS = {
  client: [
    { name: "market_rating", label: "Prepared for my market" },
    { name: "advice_rating", label: "Clear advice" },
    { name: "worth_rating", label: "Worth my time" },
  ],
  coach: [
    { name: "preparation_rating", label: "Came prepared" },
    { name: "openness_rating", label: "Open to advice" },
    { name: "follow_through_rating", label: "Follows through" },
  ],
} as const satisfies Record<ReviewParty, readonly { name: string; label: string }[]>;

/** The name of one of the six questions. */
export type RatingName = (typeof QUESTIONS)[ReviewParty][number]["name"];
