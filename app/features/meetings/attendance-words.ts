import type { Database } from "~/lib/database.types";

type Outcome = Database["public"]["Enums"]["attendance_outcome"];

/** As much of a decision as its standing needs. */
export type Standing = {
  outcome: Outcome;
  objected_at: string | null;
  settled_outcome: Outcome | null;
  settled_reason: string | null;
  settled_at: string | null;
};

/** What the session was paid with: what it was bought with before, or what it cost, in cents. */
export type PaidWith = {
  credit_of: Database["public"]["Enums"]["offer_kind"] | null;
  amount_cents: number;
};

const LOOKED_AT: Record<Outcome, string> = {
  held: "We looked at it: the session took place.",
  client_missing: "We looked at it: the client did not come.",
  coach_missing: "We looked at it: the coach did not come.",
  unknown: "We looked at it, and it can’t be told who came. Nothing changes.",
};

/**
 * How a decision about who came stands, for both parties alike.
 *
 * @param standing the decision, its objection and what became of it
 * @param paidWith what there is to stay or to go back
 * @returns a sentence or two; empty when there is nothing to say
 */
export function settledWords(standing: Standing, paidWith: PaidWith): string {
  const { outcome, objected_at, settled_outcome, settled_reason } = standing;
  if (settled_reason !== null) {
    const settled = settled_outcome ?? outcome;
    const follows = MISSED[settled] ? capitalize(`${followsWords(settled, paidWith)}.`) : "";
    return [LOOKED_AT[settled], follows, settled_reason].filter(Boolean).join(" ");
  }
  if (standing.settled_at !== null) {
    if (MISSED[outcome]) {
      return `Nobody objected in time. ${capitalize(followsWords(outcome, paidWith))}.`;
    }
    return outcome === "unknown" ? "Nobody objected in time, so the session counts as held." : "";
  }
  if (objected_at !== null) return "We are looking at it. No money moves until that is done.";
  if (MISSED[outcome]) {
    return `Unless somebody objects, this stands and ${followsWords(outcome, paidWith)}.`;
  }
  return outcome === "unknown" ? "Unless somebody objects, the session counts as held." : "";
}

/** Whether somebody did not come. */
const MISSED: Record<Outcome, boolean> = {
  held: false,
  client_missing: true,
  coach_missing: true,
  unknown: false,
};

/** What becomes of what the session was paid with, when somebody missed it. */
function followsWords(outcome: Outcome, { credit_of, amount_cents }: PaidWith): string {
  const isCoachMissing = outcome === "coach_missing";
  if (credit_of) {
    return isCoachMissing
      ? `it goes back to the ${credit_of} that it was booked with, or as money once ${credit_of === "package" ? "that" : "its period"} has ended`
      : `it stays used of the ${credit_of} that it was booked with`;
  }
  if (amount_cents === 0) return "nothing was paid for it, so no money moves";
  return isCoachMissing ? "all of the payment goes back" : "the payment stays with the coach";
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
