/** One message: who says it, what, and how many hours after the one before. */
type Line = readonly [from: "client" | "coach", body: string, hoursLater: number];

export type Thread = readonly Line[];

/** Conversations between an agent and their coach, around a session. */
export const AGENT_THREADS: readonly Thread[] = [
  [
    [
      "client",
      "Hi! I booked for Thursday. The owners are brothers and don’t speak to each other. Is that something we can practice?",
      0,
    ],
    ["coach", "It is my favorite kind. Tell me who called you, and who lives in the house.", 3],
    [
      "client",
      "The younger one called. The older one lives there. The younger one wants 510, the older one wants to stay.",
      1,
    ],
    [
      "coach",
      "Then you have one seller and one tenant who owns half. We will start with the older brother. Bring the tax record and nothing else.",
      14,
    ],
  ],
  [
    ["client", "Thank you for today. I called her while I was still brave.", 0],
    ["coach", "And?", 1],
    [
      "client",
      "She is reducing by 20. She said she had been waiting for me to say something.",
      0.2,
    ],
    [
      "coach",
      "They usually are. Write down what you said, word for word, before you improve it.",
      2,
    ],
  ],
  [
    ["client", "Do you also work with agents who are not in your state? I’m in Idaho.", 0],
    [
      "coach",
      "Yes. For contracts and forms you go to your broker; the conversation is the same everywhere.",
      5,
    ],
    ["client", "Perfect, I’ll look at next week.", 20],
  ],
  [
    [
      "coach",
      "Looking forward to tomorrow. Could you send me the address, and the first text they wrote you? Exactly as it is, please, typos included.",
      0,
    ],
    ["client", "1180 Quillback Ct. The text: “hey are u the one w the sign, what do u charge”", 2],
    ["coach", "Wonderful. That is the whole session, right there.", 1],
    ["client", "I was afraid you’d say that", 0.5],
  ],
  [
    [
      "client",
      "Quick question after our session: do I send the agreement before the call or after?",
      0,
    ],
    [
      "coach",
      "Before, with one line: “We’ll go through this together, nothing to sign yet.” Nobody likes a surprise on a screen.",
      6,
    ],
    ["client", "Works. Two of two signed this week.", 70],
    ["coach", "Then stop changing it for a month.", 4],
  ],
  [
    ["client", "I have to confess that I did two of the three things.", 0],
    ["coach", "Which one is left: missed, or not worth doing?", 10],
    ["client", "…not worth doing.", 1],
    ["coach", "Then cross it out. That makes two of two.", 1],
  ],
  [
    ["client", "Is it all right if my partner joins the session? We sell together.", 0],
    ["coach", "Of course. Then one of you plays the seller and I get to watch.", 4],
    ["client", "She is already rehearsing being difficult", 1],
  ],
  [
    [
      "coach",
      "Here is what we wrote today, so you have it: “I’ll show you how I got to this number, and then I’ll be quiet and you tell me where I’m wrong.”",
      0,
    ],
    ["client", "Used it tonight. He said, “You’re not wrong.” Signed at 452.", 28],
    ["coach", "That made my evening.", 1],
  ],
  [
    [
      "client",
      "Could we move the subject? I have an offer due tomorrow at noon and would rather look at that.",
      0,
    ],
    [
      "coach",
      "Sure, same time. Bring the offer, the listing’s history and what the other agent said on the phone.",
      2,
    ],
    ["client", "She said “bring your best.” That’s all.", 0.4],
    ["coach", "They always say that. It is an opening, not an answer. See you later.", 1],
  ],
  [
    ["client", "First closing today!! Day 97!", 0],
    ["coach", "Look at you. Where are you celebrating?", 2],
    ["client", "In my car, with a burrito. Then twelve calls.", 0.3],
    ["coach", "The calls can wait an hour. The burrito can’t.", 0.2],
  ],
  [
    [
      "client",
      "I sent the postcard about the road works. A woman came to my open house holding it.",
      0,
    ],
    ["coach", "Frame it. The postcard, not the woman.", 6],
    ["client", "Month four and I finally understand what you meant.", 1],
  ],
  [
    [
      "client",
      "Would half an hour be enough for one buyer who can’t decide, or should I take the longer one?",
      0,
    ],
    [
      "coach",
      "Take the 45. The first fifteen minutes are for what they said, and you will need all of them.",
      3,
    ],
  ],
];

/** The same, with loan officers. */
export const LENDING_THREADS: readonly Thread[] = [
  [
    [
      "client",
      "Nine preapprovals out, nobody writing. Is 60 minutes enough to go through nine?",
      0,
    ],
    [
      "coach",
      "Plenty. Five minutes each and a quarter of an hour to be honest about the total. Hide the names before you share your screen.",
      8,
    ],
    ["client", "Will do. Some of these I have not called since August.", 2],
    ["coach", "I know. Everybody has those.", 1],
  ],
  [
    [
      "client",
      "The coffee with the agent went well. I brought the page about her stuck listing like we said.",
      0,
    ],
    ["coach", "What did she do with it?", 3],
    ["client", "Took a photo and sent it to her seller while I was sitting there.", 1],
    [
      "coach",
      "Now wait. Don’t call until Monday, and when you do, ask about the listing and not about buyers.",
      2,
    ],
    ["client", "Monday. Got it.", 0.3],
  ],
  [
    [
      "client",
      "My manager wants to see the class outline before I book the library. Is there anything in it you’d change?",
      0,
    ],
    [
      "coach",
      "Leave out the rate example. Use a payment range and say what it depends on. Then there is nothing for anybody to strike.",
      12,
    ],
    ["client", "Approved without changes. Thank you!", 40],
  ],
  [
    ["client", "Good morning! What should I prepare for next week?", 0],
    [
      "coach",
      "Two live files. One you would lock today, one you wouldn’t. Don’t tell me which is which.",
      5,
    ],
  ],
];

/** What clients write to the coach when they book. */
export const BOOKING_NOTES: readonly string[] = [
  "Listing appointment on Thursday at four. They are interviewing two other agents.",
  "The seller wants forty thousand more than the comparables say.",
  "I keep lowering my fee before anyone asks. Please be strict.",
  "Second month with my license. I have 180 contacts and no idea who to call first.",
  "We lost two offers to cash. I’d like to go through both.",
  "Nine preapprovals, nobody is writing. Can we look at all of them?",
  "Coffee with an agent who has worked with the same lender for ten years.",
  "I have never had a plan on paper. I’ll bring my numbers from last year.",
  "Day fifty-two on the market, and they don’t pick up when I call.",
  "I’d like to practice the inspection call. It is tomorrow.",
  "Please ask me what I did since last time. I did some of it.",
  "",
  "",
  "",
];
