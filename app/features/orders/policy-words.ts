import { formatDuration } from "~/lib/format-date";

/** How much comes back when a client cancels, by how long before the start; and how they may move. */
export type CancellationPolicy = {
  full_refund_minutes: number;
  partial_refund_minutes: number;
  partial_refund_percent: number;
  client_move_minutes: number;
  client_moves: number;
};

/** The columns of a policy, as a query selects them. */
export const POLICY_COLUMNS =
  "full_refund_minutes, partial_refund_minutes, partial_refund_percent, client_move_minutes, client_moves";

/**
 * A cancellation policy as sentences, in the order of time. Says only what the row says: which of
 * its tiers exist differs.
 *
 * @param policy of a coach, or as it was when an order was made
 */
export function policyWords(policy: CancellationPolicy): string[] {
  const { full_refund_minutes: full, partial_refund_minutes: partial } = policy;
  const percent = policy.partial_refund_percent;
  const hasPartial = partial < full && percent > 0;
  const last = hasPartial ? partial : full;

  return [
    ...moveWords(policy),
    full > 0
      ? `Cancel at least ${spanWords(full)} before the start and you get everything back.`
      : "Cancel any time before the start and you get everything back.",
    ...(hasPartial
      ? [
          partial > 0
            ? `Until ${spanWords(partial)} before, you get ${shareWords(percent)} back.`
            : `After that and until the start, you get ${shareWords(percent)} back.`,
        ]
      : []),
    ...(last > 0 ? ["Later than that, nothing comes back."] : []),
    "If your coach cancels, you get everything back.",
  ];
}

function moveWords({ client_moves: times, client_move_minutes: minutes }: CancellationPolicy) {
  if (times === 0) return [];
  const until = minutes > 0 ? `up to ${spanWords(minutes)} before the start` : "until the start";
  return [`Change the time yourself ${timesWords(times)}, ${until}.`];
}

function timesWords(times: number): string {
  return ["once", "twice"][times - 1] ?? `${times} times`;
}

/** "2 days", "24 hours", "90 minutes". One day reads better as hours. */
function spanWords(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 1440) return `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
  return formatDuration(minutes);
}

function shareWords(percent: number): string {
  return percent === 50 ? "half" : `${percent}%`;
}
