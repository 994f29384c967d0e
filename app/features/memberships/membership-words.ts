import { formatDuration } from "~/lib/format-date";
import { formatMoney } from "~/lib/format-money";

type Plan = {
  duration_minutes: number;
  price_cents: number;
  billing_interval: "month" | "year" | null;
  sessions_a_month: number | null;
};

/** "2 sessions of 1 hour every month". */
export function givesWords(plan: Plan): string {
  const count = plan.sessions_a_month ?? 0;
  return `${count} ${count === 1 ? "session" : "sessions"} of ${formatDuration(plan.duration_minutes)} every month`;
}

/** "$280 a month". */
export function priceWords(plan: Plan): string {
  return `${formatMoney(plan.price_cents)} a ${plan.billing_interval ?? "month"}`;
}

/** "7 days free, then $280 a month"; the price alone without a trial. */
export function trialWords(plan: Plan, trialDays: number): string {
  if (trialDays === 0) return priceWords(plan);
  return `${trialDays} ${trialDays === 1 ? "day" : "days"} free, then ${priceWords(plan)}`;
}

/** How often it renews: "every month". */
export function everyWords({ billing_interval: interval }: Pick<Plan, "billing_interval">): string {
  return `every ${interval ?? "month"}`;
}

type Standing = {
  status: "incomplete" | "trialing" | "active" | "past_due" | "paused" | "ended";
  is_ending: boolean;
};

/** A membership's state in a word, for a badge. */
export function statusWords({ status, is_ending: isEnding }: Standing): string {
  if (status === "ended") return "Ended";
  if (isEnding) return "Cancelled";
  return {
    incomplete: "Not paid yet",
    trialing: "Trial",
    active: "Active",
    past_due: "Payment failed",
    paused: "Paused",
  }[status];
}
