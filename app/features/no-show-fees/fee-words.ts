import type { Database } from "~/lib/database.types";
import { formatMoney } from "~/lib/format-money";

type Party = "client" | "coach";

/** What was agreed. */
type Terms = { amount_cents: number; objection_minutes: number };

type Standing = {
  state: Exclude<Database["public"]["Enums"]["no_show_fee_state"], "agreed">;
  amount_cents: number;
};

/**
 * What it costs a client not to come, before anything has happened.
 *
 * @param terms in cents and minutes
 * @param party who reads it
 */
export function agreedWords(terms: Terms, party: Party): string {
  const amount = formatMoney(terms.amount_cents, { alwaysCents: true });
  const hours = `${terms.objection_minutes / 60} hours`;
  return party === "client"
    ? `If you don’t come, ${amount} is charged to the card you pay your membership with, unless you object within ${hours}.`
    : `If your client doesn’t come, ${amount} is charged to the card of their membership, unless they object within ${hours}.`;
}

/**
 * How the fee for a session stands that its client missed.
 *
 * @param fee how much, and how it stands
 * @param party who reads it
 * @returns a sentence or two
 */
export function feeWords(fee: Standing, party: Party): string {
  const amount = formatMoney(fee.amount_cents, { alwaysCents: true });
  return (party === "client" ? FOR_CLIENT : FOR_COACH)[fee.state](amount);
}

/** What a client reads below, while a fee that was declined is charged again, or may have been paid by hand. */
export const BEING_PAID =
  "We are charging your card again, or finding out whether you have paid already, so there is nothing to pay right now. Look again in a few minutes; a bank account can take days.";

type Words = Record<Standing["state"], (amount: string) => string>;

const FOR_CLIENT: Words = {
  due: (amount) =>
    `You did not come, so ${amount} is being charged to the card you pay your membership with.`,
  overdue: (amount) => `You did not come, and your card was declined for the ${amount}.`,
  paid: (amount) => `You did not come: ${amount} is paid for it. The receipt is on Billing.`,
  returned: (amount) =>
    `The ${amount} that you paid for not coming goes back to your card. Banks take five to ten days to show it.`,
  unpaid: (amount) =>
    `The ${amount} for not coming could not be charged. We do not try again, and nothing else follows from it.`,
  waived: (amount) => `The ${amount} for not coming was called off. Nothing is charged.`,
};

const FOR_COACH: Words = {
  due: (amount) => `Your client did not come: ${amount} is being charged to their card.`,
  overdue: (amount) =>
    `Your client did not come, and their card was declined for the ${amount}. They can pay with another one.`,
  paid: (amount) => `Your client did not come, and paid ${amount} for it.`,
  returned: (amount) => `The ${amount} that your client paid for not coming went back to them.`,
  unpaid: (amount) => `Not paid: the ${amount} for not coming could not be charged.`,
  waived: (amount) => `The ${amount} for not coming was called off.`,
};
