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

const SETTLED: Record<Outcome, string> = {
  held: "We looked at it: the session took place.",
  client_missing: "We looked at it: the client did not come. The payment stays with the coach.",
  coach_missing: "We looked at it: the coach did not come. All of the payment goes back.",
  unknown: "We looked at it, and it can’t be told who came. Nothing changes.",
};

const OPEN: Record<Outcome, string> = {
  held: "",
  client_missing: "Unless somebody objects, this stands and the payment stays with the coach.",
  coach_missing: "Unless somebody objects, this stands and all of the payment goes back.",
  unknown: "Unless somebody objects, the session counts as held.",
};

const CLOSED: Record<Outcome, string> = {
  held: "",
  client_missing: "Nobody objected in time. The payment stays with the coach.",
  coach_missing: "Nobody objected in time. All of the payment goes back.",
  unknown: "Nobody objected in time, so the session counts as held.",
};

/**
 * How a decision about who came stands, for both parties alike.
 *
 * @param standing the decision, its objection and what became of it
 * @returns a sentence or two; empty when there is nothing to say
 */
export function settledWords(standing: Standing): string {
  const { outcome, objected_at, settled_outcome, settled_reason } = standing;
  if (settled_reason !== null) return `${SETTLED[settled_outcome ?? outcome]} ${settled_reason}`;
  if (standing.settled_at !== null) return CLOSED[outcome];
  if (objected_at !== null) return "We are looking at it. No money moves until that is done.";
  return OPEN[outcome];
}
