const DECLINED = "Your card was declined. Try another one, or ask your bank why.";

const WORDS: Record<string, string> = {
  authentication_required:
    "Your bank wants you to confirm the payment. Try again and follow its steps.",
  card_declined: DECLINED,
  do_not_honor: DECLINED,
  expired_card: "Your card has expired. Try another one.",
  generic_decline: DECLINED,
  incorrect_cvc: "The security code of your card was wrong. Check it and try again.",
  incorrect_number: "The number of your card was wrong. Check it and try again.",
  insufficient_funds: "There was not enough money on your card. Try another one.",
  payment_intent_authentication_failure:
    "Your bank did not hear from you that it was you, so nothing was charged. Try again and follow its steps.",
  processing_error: "Your bank could not process the payment just now. Try again in a minute.",
};

/**
 * Why the last try to pay failed.
 *
 * @param code Stripe's decline or error code
 * @returns a sentence with what to do; nobody was charged, whatever the code
 */
export function declineWords(code: string): string {
  return WORDS[code] ?? "Your bank did not say why. Try again, or use another card.";
}
