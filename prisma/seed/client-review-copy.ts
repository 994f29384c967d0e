/** What a coach wrote about a client, and the stars for: came prepared, open to advice, follows through. */
export type ClientReviewCopy = readonly [
  preparation: number,
  openness: number,
  followThrough: number,
  body: string,
];

export const CLIENT_REVIEWS: readonly ClientReviewCopy[] = [
  [5, 5, 5, "Came with the address, the numbers and the one question that mattered. A pleasure."],
  [5, 5, 4, "Well prepared, and tried every version out loud without being asked twice."],
  [5, 4, 5, "Knows the market cold. Push back less on the pause after the price, and it is there."],
  [4, 5, 5, "Did all three calls that we agreed on before I had sent my notes."],
  [4, 5, 4, "Took hard feedback well. Bring the file next time, and we save ten minutes."],
  [5, 5, 5, "The homework was done, and better than I had asked for."],
  [
    3,
    5,
    4,
    "Arrived from another appointment and needed a while, then worked hard to the last minute.",
  ],
  [4, 4, 4, "Solid. I would like to hear how the appointment went."],
  [5, 3, 4, "Very well prepared, and a little in love with the old script. We met in the middle."],
  [4, 5, 3, "Good ideas and a long list. Choose one of them and do it this week."],
  [3, 4, 4, "We spent the first quarter finding the listing. After that, a very good session."],
  [5, 5, 5, "Sent me the result two days later. I wish everybody did."],
  [4, 4, 5, "Quiet, careful, and does exactly what was agreed. You are further than you think."],
  [
    2,
    4,
    3,
    "No particular question this time. Come with one, however small, and you get twice as much.",
  ],
  [5, 4, 4, "Sharp on numbers. Practice the first sentence until it is yours, the rest is there."],
  [4, 5, 5, "Asked for the uncomfortable role play, and asked for it again."],
  [3, 3, 4, "It was a hard week, and one could tell. The plan we made is small enough to keep."],
  [5, 5, 4, "Came with a recording of the last call. That is the fastest way to get better."],
];

/** What coaches answer to a review, by how happy it is; each ends a conversation and starts none. */
export const REPLIES: Record<"happy" | "mixed", readonly string[]> = {
  happy: [
    "Thank you. You did the part that is hard, which is saying it out loud.",
    "That was your work. I only kept the time.",
    "Thank you for writing. Tell me how the next one goes.",
    "Thank you for the kind words, and for coming with a real appointment.",
    "A pleasure. Your second version was the right one.",
    "Thank you! The list of objections is yours to keep.",
  ],
  mixed: [
    "Fair. I have put the point about longer examples into my notes, and it changed the session since.",
    "Thank you for saying it plainly. I should have asked about your market in the first five minutes.",
    "You are right about the time. I start with the role play now.",
    "Thank you. If you book again, send me the file the day before and we begin there.",
  ],
};
