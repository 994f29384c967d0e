import { again, pick, type Step } from "./run.ts";

/** A client's bank takes a payment back, or a part of it, or asks about it. */
export const dispute: Step = async (run, dice) => {
  const { data } = await run.stripe.charges.list({ limit: 100 });
  const undisputed = data.filter(({ paid, captured, disputed, amount, amount_refunded: gone }) => {
    return paid && captured && !disputed && gone < amount;
  });
  if (undisputed.length === 0) return false;
  const { id: charge, amount, amount_refunded: gone } = pick(undisputed, dice);
  const left = amount - gone;
  await run.control("dispute", {
    charge,
    isInquiry: again(dice) % 4 === 0,
    amount: pick([left, left, Math.ceil(left / 3)], again(dice + 1)),
  });
  return true;
};

/** The bank decides. */
export const decide: Step = async (run, dice) => {
  const { data } = await run.stripe.disputes.list({ limit: 100 });
  const open = data.filter(({ status }) => !["won", "lost", "warning_closed"].includes(status));
  if (open.length === 0) return false;
  const { id, status } = pick(open, dice);
  const isInquiry = status.startsWith("warning");
  const outcome = pick(isInquiry ? ["warning_closed"] : ["won", "lost"], again(dice));
  await run.control("close-dispute", { dispute: id, status: outcome });
  return true;
};
