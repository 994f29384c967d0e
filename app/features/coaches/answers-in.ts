import { formatSpan } from "~/lib/format-span";

/**
 * How soon a coach usually answers, rounded up to what one can rely on.
 *
 * @param minutes the median of their first answers
 * @returns as in "20 minutes", "2 hours", "3 days"
 */
export function formatAnswersIn(minutes: number): string {
  const step = minutes <= 10 ? 1 : minutes <= 50 ? 10 : minutes <= 23 * 60 ? 60 : 24 * 60;
  return formatSpan(Math.ceil(minutes / step) * step);
}
