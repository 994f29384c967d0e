import type { Database } from "~/lib/database.types";

export type EarningState = Database["public"]["Enums"]["earning_state"];
export type EarningHold = Database["public"]["Enums"]["earning_hold"];

type Where = {
  /** Of a no-show fee: the session that was missed. */
  missed_booking_id: string | null;
  state: EarningState;
  hold: EarningHold | null;
  share_cents: number;
  netted_cents: number;
  refunded_cents: number;
  paid_cents: number;
};

const STATES: Record<EarningState, string> = {
  pending: "Pending",
  on_hold: "On hold",
  available: "On its way",
  paid: "Paid",
  nothing: "No earnings",
};

const HOLDS: Record<EarningHold, string> = {
  to_come: "Not held yet",
  window: "The client can still object",
  objection: "Somebody objected to who came; we are looking at it",
  attendance: "We don’t know yet who came",
  dispute: "The client’s bank was asked for the money back",
  payment: "The client’s payment is not through yet",
  no_account: "Set up payouts to get it",
  account_incomplete: "Stripe needs more from you",
  account_verifying: "Stripe is checking your details",
  account_rejected: "Stripe won’t pay your account",
  suspended: "Your practice is suspended; it is sent once that is over",
  refused: "Stripe did not take it; we try again within hours",
};

/**
 * Where the money of a session is, in a word or two.
 *
 * @param earning what became of it
 */
export function stateWords(earning: Where): string {
  if (earning.state === "nothing" && earning.refunded_cents >= earning.paid_cents) {
    return earning.paid_cents === 0 && earning.missed_booking_id ? "Not paid" : "Refunded";
  }
  return STATES[earning.state];
}

/**
 * What was sold, or that it was missed.
 *
 * @param earning what became of it
 */
export function earningTitle(earning: Pick<Where, "missed_booking_id"> & { offer_title: string }) {
  return earning.missed_booking_id ? `No-show fee: ${earning.offer_title}` : earning.offer_title;
}

/**
 * What it waits for, or what was kept back of it; empty when there is nothing to say.
 *
 * @param earning what became of it
 */
export function holdWords(earning: Where): string {
  if (earning.hold) return HOLDS[earning.hold];
  if (earning.netted_cents > 0 && earning.netted_cents === earning.share_cents) {
    return "Kept back for what you owed";
  }
  return earning.netted_cents > 0 ? "Less what you owed" : "";
}
