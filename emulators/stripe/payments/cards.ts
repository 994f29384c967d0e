/** A card as typed on the hosted page. */
export type Card = {
  /** Digits only. */
  number: string;
  brand: string;
  expiryMonth: number;
  expiryYear: number;
};

/** Why a bank refuses a card, in Stripe's codes and in words for the person. */
export type Decline = { code: string; declineCode: string | null; message: string };

/** Stripe's documented test cards that this emulator treats specially. */
export const TEST_CARDS = [
  { number: "4242 4242 4242 4242", effect: "pays" },
  { number: "4000 0000 0000 0002", effect: "is declined" },
  { number: "4000 0000 0000 9995", effect: "has insufficient funds" },
  { number: "4000 0000 0000 0069", effect: "has expired" },
  { number: "4000 0000 0000 0127", effect: "has another security code" },
  { number: "4000 0000 0000 0119", effect: "meets a processing error" },
  { number: "4000 0000 0000 3220", effect: "asks for 3-D Secure" },
  { number: "4000 0084 0000 1629", effect: "asks for 3-D Secure and is then declined" },
  { number: "4000 0025 0000 3155", effect: "asks for 3-D Secure; pays by itself once saved" },
  { number: "4000 0027 6000 3184", effect: "asks for 3-D Secure every time, saved or not" },
  { number: "4000 0000 0000 0341", effect: "can be saved, and is declined whenever it is charged" },
  { number: "4000 0000 0000 0077", effect: "pays money that can be used at once" },
  { number: "4000 0000 0000 0259", effect: "pays and is disputed as fraudulent after a while" },
  { number: "4000 0000 0000 2685", effect: "pays and is disputed as not received after a while" },
  { number: "4000 0000 0000 1976", effect: "pays and is inquired about after a while" },
  { number: "4000 0000 0000 5126", effect: "pays; its refunds fail after a while" },
  { number: "4000 0000 0000 7726", effect: "pays; its refunds are pending for a while" },
];

const DECLINED = "Your card was declined.";

const DECLINES: Record<string, Decline> = {
  "4000000000000002": { code: "card_declined", declineCode: "generic_decline", message: DECLINED },
  "4000000000009995": {
    code: "card_declined",
    declineCode: "insufficient_funds",
    message: "Your card has insufficient funds.",
  },
  "4000000000000069": {
    code: "expired_card",
    declineCode: "expired_card",
    message: "Your card has expired.",
  },
  "4000000000000127": {
    code: "incorrect_cvc",
    declineCode: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
  },
  "4000000000000341": { code: "card_declined", declineCode: "generic_decline", message: DECLINED },
  "4000008400001629": { code: "card_declined", declineCode: "generic_decline", message: DECLINED },
  "4000000000000119": {
    code: "processing_error",
    declineCode: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
  },
};

const PAYING = new Set([
  "4242424242424242",
  "4000056655665556",
  "5555555555554444",
  "378282246310005",
  "6011111111111117",
  "4000000000005126",
  "4000000000007726",
  "4000000000003220",
  "4000002500003155",
  "4000002760003184",
  "4000000000000077",
  "4000000000000259",
  "4000000000002685",
  "4000000000001976",
]);

/** Whose banks want to hear from the person, and when not any more. */
const AUTHENTICATED: Record<string, "always" | "until_saved"> = {
  "4000000000003220": "always",
  "4000008400001629": "always",
  "4000002760003184": "always",
  "4000002500003155": "until_saved",
};

/**
 * Whether the bank takes a payment only after the person has proved who they are.
 *
 * @param isSaved the card was saved, with such a proof, for payments without its holder
 */
export function needsAuthentication(number: string, isSaved: boolean): boolean {
  const rule = AUTHENTICATED[number];
  return rule === "always" || (rule === "until_saved" && !isSaved);
}

/** Cards that Stripe saves although no payment with them succeeds. */
export function canBeSaved(number: string): boolean {
  return PAYING.has(number) || number === "4000000000000341";
}

/**
 * What the bank says to a card, by its number.
 *
 * @returns null when it pays
 */
export function declineOf(number: string): Decline | null {
  if (PAYING.has(number)) return null;
  return (
    DECLINES[number] ?? {
      code: "card_declined",
      declineCode: "test_mode_live_card",
      message: `${DECLINED} Your request was in test mode, but used a non test card.`,
    }
  );
}

/** What a person typed on the hosted page. */
export type CardInput = { number: string; expiry: string; cvc: string };

export type CardErrors = Partial<Record<keyof CardInput, string>>;

/**
 * Reads what was typed about a card.
 *
 * @param now milliseconds since 1970, to see whether the card has run out
 * @returns the card, or a sentence beside each field that is wrong
 */
export function readCard(
  input: CardInput,
  now: number,
): { card: Card; errors: null } | { card: null; errors: CardErrors } {
  const errors: CardErrors = {};
  const number = input.number.replace(/[\s-]/g, "");
  if (!/^\d{12,19}$/.test(number)) errors.number = "Your card number is incomplete.";
  else if (!passesLuhn(number)) errors.number = "Your card number is invalid.";

  const expiry = /^\s*(\d{1,2})\s*\/\s*(?:20)?(\d{2})\s*$/.exec(input.expiry);
  const expiryMonth = Number(expiry?.[1]);
  const expiryYear = 2000 + Number(expiry?.[2]);
  if (!expiry || expiryMonth < 1 || expiryMonth > 12) {
    errors.expiry = "Your card's expiration date is incomplete.";
  } else if (Date.UTC(expiryYear, expiryMonth) <= now) {
    errors.expiry = "Your card's expiration date is in the past.";
  }

  if (!/^\d{3,4}$/.test(input.cvc.trim())) {
    errors.cvc = "Your card's security code is incomplete.";
  }

  if (Object.keys(errors).length > 0) return { card: null, errors };
  return { card: { number, brand: brandOf(number), expiryMonth, expiryYear }, errors: null };
}

function brandOf(number: string): string {
  if (number.startsWith("4")) return "visa";
  if (number.startsWith("5")) return "mastercard";
  if (number.startsWith("3")) return "amex";
  return "discover";
}

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, position) => {
    const doubled = Number(digit) * (position % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
