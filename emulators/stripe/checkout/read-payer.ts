import { readCard, type Card } from "../payments/cards.ts";
import type { PaymentErrors, PaymentFields } from "./payment-page.ts";

/** What a person typed on a hosted page, by field; an empty text for what is not there. */
export function readFields(text: (name: string) => string): PaymentFields {
  return {
    email: text("email").trim(),
    name: text("name"),
    number: text("number"),
    expiry: text("expiry"),
    cvc: text("cvc"),
    state: text("state").trim().toUpperCase(),
  };
}

/** Reads who pays. */
export function readPayer(fields: { email: string; name: string }) {
  const errors: PaymentErrors = {};
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(fields.email)) errors.email = "Your email is invalid.";
  if (fields.name.trim() === "") errors.name = "Your name is missing.";
  return { payer: { email: fields.email, name: fields.name.trim() }, errors };
}

/**
 * Reads the card and who pays with it.
 *
 * @param now milliseconds since 1970
 * @returns no card when anything is wrong
 */
export function readCardPayer(fields: PaymentFields, now: number) {
  const { card, errors: cardErrors } = readCard(fields, now);
  const { payer, errors: payerErrors } = readPayer(fields);
  const errors: PaymentErrors = { ...cardErrors, ...payerErrors };
  const good: Card | null = Object.keys(errors).length > 0 ? null : card;
  return { card: good, payer, errors };
}
