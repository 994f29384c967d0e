/** A session on sale; `about` is the slug of a specialty. */
export type OfferCopy = { about: string; title: string; minutes: number; description: string };

/**
 * Sessions that coaches of the demo market sell: the specialty they are about, title, length in
 * minutes, description.
 */
export const OFFERS = {
  "listing rehearsal": {
    about: "listing-presentations",
    title: "Rehearse Thursday’s listing appointment",
    minutes: 45,
    description:
      "Send me the address and what the seller has said so far. I play the seller, twice: once friendly, once difficult. You leave with an opening, a price story and an answer to “why you?”",
  },
  "listing deck": {
    about: "listing-presentations",
    title: "Your listing presentation, page by page",
    minutes: 60,
    description:
      "We open your deck on the screen and go through it slide by slide. Most of it goes. What stays is in the order a seller asks it.",
  },
  "expired listing": {
    about: "listing-presentations",
    title: "Win the listing that expired",
    minutes: 45,
    description:
      "Bring one expired listing you want. We work out why it did not sell, what you would do in the first ten days and how you say so at the door.",
  },
  "buyer consultation": {
    about: "buyer-consultations",
    title: "A buyer consultation that ends in a signature",
    minutes: 45,
    description:
      "The agreement before the first tour, explained so that a buyer wants to sign it. We write your version and practice the moment they say “can’t we just look at one?”",
  },
  "buyer fee": {
    about: "buyer-consultations",
    title: "Say what you charge without flinching",
    minutes: 30,
    description:
      "One conversation, practiced until it is dull: what you do, what it costs, who pays. For agents who drop their fee before anyone has asked.",
  },
  "difficult buyer": {
    about: "buyer-consultations",
    title: "The buyer who has seen thirty houses",
    minutes: 45,
    description:
      "We go through one stuck client: what they say they want, what they turned down, what they can pay. You leave with the three questions to ask them next.",
  },
  "prospecting hour": {
    about: "prospecting",
    title: "Build a prospecting hour you will keep",
    minutes: 45,
    description:
      "Who to call, from which list, with which first sentence, at what time. You make the first three calls while I listen, if you are up for it.",
  },
  "script clinic": {
    about: "prospecting",
    title: "Script clinic: ten objections, out loud",
    minutes: 60,
    description:
      "You pick ten from my list. I say them, you answer, we fix the answer and go again. Recorded on your side if you like; most people do.",
  },
  "open house": {
    about: "prospecting",
    title: "Open houses that lead to appointments",
    minutes: 45,
    description:
      "Bring the address of your next one. We plan the invitations, the sign-in, the two questions at the door and the calls on Monday.",
  },
  "sphere plan": {
    about: "sphere-and-referrals",
    title: "Your database, sorted in an hour",
    minutes: 60,
    description:
      "Export your contacts before we meet. We sort them into four groups and put a year of reasons to be in touch on your calendar.",
  },
  "referral ask": {
    about: "sphere-and-referrals",
    title: "Ask for referrals and keep your friends",
    minutes: 30,
    description:
      "A way to ask that sounds like you, for the people you have put off asking. We write three versions and you send one before we hang up.",
  },
  "offer review": {
    about: "negotiation",
    title: "A second pair of eyes on a live offer",
    minutes: 30,
    description:
      "For an offer that goes out, or came in, today or tomorrow. Terms, order of concessions, what to say on the phone. Not legal advice: your broker and your attorney stay in charge.",
  },
  "negotiation practice": {
    about: "negotiation",
    title: "Negotiation practice: inspection, appraisal, cold feet",
    minutes: 60,
    description:
      "Three scenes from real deals with the names taken out. I sit on the other side. After each one we look at what you gave away and when.",
  },
  "multiple offers": {
    about: "negotiation",
    title: "Eleven offers and yours is not the highest",
    minutes: 45,
    description:
      "How to write, present and follow up an offer that wins on something other than price. Bring one you lost and we find out why.",
  },
  "price reduction": {
    about: "pricing-conversations",
    title: "The price reduction call",
    minutes: 30,
    description:
      "Forty days on the market and nobody is coming back. We build the two charts you need, then practice the call until you could make it at nine tomorrow.",
  },
  "pricing method": {
    about: "pricing-conversations",
    title: "Price a house you are unsure about",
    minutes: 60,
    description:
      "Bring the comparables. We price it together, out loud, and write the half page that explains it to somebody who loves the house.",
  },
  "farm plan": {
    about: "geographic-farming",
    title: "Choose a farm, and what to do with it for a year",
    minutes: 60,
    description:
      "Turnover, price band, who else mails there: we look at the numbers for two or three neighborhoods, pick one and plan twelve months that you can pay for.",
  },
  "farm mail": {
    about: "geographic-farming",
    title: "Fix your neighborhood mailings",
    minutes: 30,
    description:
      "Send me your last three pieces. I tell you which one I would have kept on the refrigerator, and we rewrite the others.",
  },
  "luxury listing": {
    about: "luxury-homes",
    title: "Prepare for a listing above your usual price",
    minutes: 60,
    description:
      "What owners at that level ask, what they expect to see and what you should not pretend. We prepare the meeting, the marketing plan and the reference they will call.",
  },
  "luxury clients": {
    about: "luxury-homes",
    title: "Service standards for private clients",
    minutes: 45,
    description:
      "How you write, how fast you answer, who you introduce and what stays unsaid. We go through one client from first call to a year after closing.",
  },
  "first deal": {
    about: "first-year-agents",
    title: "From license to first closing",
    minutes: 45,
    description:
      "Where you stand, who you know, what you can spend. We plan the next thirty days by the hour and strike out everything that only feels like work.",
  },
  "new agent call": {
    about: "first-year-agents",
    title: "Ask me anything: your first year",
    minutes: 30,
    description:
      "Bring the questions you do not want to ask your broker. Contracts, splits, scripts, awkward clients. No preparation needed.",
  },
  "first hire": {
    about: "team-building",
    title: "Your first hire",
    minutes: 60,
    description:
      "Assistant, transaction coordinator or agent: who first, what they do on Monday, what it costs before it pays. We write the job description while we talk.",
  },
  "team meeting": {
    about: "team-building",
    title: "Put your team in order",
    minutes: 60,
    description:
      "Lead routing, splits, meetings, the person everyone works around. We take the one that costs you most sleep and leave with a decision.",
  },
  "business plan": {
    about: "business-planning",
    title: "A one-page plan for the year",
    minutes: 60,
    description:
      "Income you need, closings it takes, appointments behind them, hours in your week. One page, with your own numbers, that you can check every Friday.",
  },
  "number review": {
    about: "business-planning",
    title: "Monthly numbers review",
    minutes: 30,
    description:
      "We look at last month: conversations, appointments, agreements, closings. One thing to keep, one to change, one to stop.",
  },
  "week design": {
    about: "time-management",
    title: "Design a week you can live with",
    minutes: 45,
    description:
      "Bring your calendar as it really was, not as it should have been. We find the hours that leak and put the important ones where nothing can push them.",
  },
  "evening reset": {
    about: "time-management",
    title: "Half an hour to get unstuck",
    minutes: 30,
    description:
      "For the week that got away from you. We choose the three things that matter before Friday and drop the rest on purpose.",
  },
  accountability: {
    about: "mindset",
    title: "Accountability call",
    minutes: 30,
    description:
      "What you said you would do, what you did, what got in the way. No shouting. Missed and not logged are different things and I ask which.",
  },
  "mindset session": {
    about: "mindset",
    title: "After the deal that fell through",
    minutes: 45,
    description:
      "A lost listing, a dead contract, a quiet month. We look at what was yours and what was not, and at what you do tomorrow morning.",
  },
  "rate call": {
    about: "rate-conversations",
    title: "The rate shopper: practice the call",
    minutes: 30,
    description:
      "They have a quote an eighth lower. I play the borrower, you explain cost, time and certainty. We go until you stop apologizing.",
  },
  "lock strategy": {
    about: "rate-conversations",
    title: "Lock, float and how to explain it",
    minutes: 45,
    description:
      "Words for borrowers, a rule for yourself, and what to put in writing. Bring two files from your pipeline and we decide them together.",
  },
  "partner meeting": {
    about: "referral-partners",
    title: "Prepare for coffee with an agent",
    minutes: 45,
    description:
      "One agent, one meeting. We look at what they list, what they struggle with and what you can do for them that is useful and allowed. Then we rehearse the first five minutes.",
  },
  "partner plan": {
    about: "referral-partners",
    title: "Ten referral partners in ninety days",
    minutes: 60,
    description:
      "Choose whom, in what order, with what reason to call. A list, a calendar and a way to notice when a partner has gone quiet.",
  },
  "pipeline review": {
    about: "pipeline-management",
    title: "Go through your pipeline, file by file",
    minutes: 60,
    description:
      "Share your screen with names hidden. Each file gets a next step and a date, or an ending. We look for the stage where your loans go to sleep.",
  },
  "preapproval follow-up": {
    about: "pipeline-management",
    title: "Preapproved and silent",
    minutes: 30,
    description:
      "A follow-up plan for buyers who got your letter and stopped writing: what to send in week one, three and eight, and when to call their agent.",
  },
  "purchase strategy": {
    about: "purchase-market",
    title: "Help your borrower beat cash",
    minutes: 45,
    description:
      "Underwriting up front, the call to the listing agent, terms that cost nobody money. We build your checklist from the last three offers your borrowers lost.",
  },
  "first-time buyers": {
    about: "purchase-market",
    title: "Run a first-time buyer class",
    minutes: 60,
    description:
      "Topic, room, partner, slides, follow-up. You leave with a date and an outline, and with the compliance questions to take to your manager.",
  },
  "video start": {
    about: "video-and-social",
    title: "Your first ten videos",
    minutes: 45,
    description:
      "Ten subjects you can talk about without a script, a place to stand and a phone. We record one during the session and you post it, or don’t.",
  },
  "social review": {
    about: "video-and-social",
    title: "Review my profiles like a stranger",
    minutes: 30,
    description:
      "I look at what comes up when a client searches for you, and tell you what I would believe. Three things to take down, three to add.",
  },
} as const satisfies Record<string, OfferCopy>;

export type OfferKey = keyof typeof OFFERS;
