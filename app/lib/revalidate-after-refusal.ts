import type { ShouldRevalidateFunctionArgs } from "@remix-run/react";

/** The form was read, and the world is not as its page said. */
const OUT_OF_DATE = [404, 409, 410, 422];

/**
 * `shouldRevalidate` of pages that a refused form shows to be out of date: the time that somebody
 * else has just taken, the amount that has changed. Left to itself Remix reads nothing again after
 * an answer of 400 or more.
 *
 * Not when the reader turned out to be signed out: the loaders of pages for members would send them
 * to sign-in, away from what they typed.
 *
 * @param args what was done and how it was answered; `defaultShouldRevalidate` is always true here
 */
export function revalidateAfterRefusal(args: ShouldRevalidateFunctionArgs): boolean {
  const { actionStatus = 200, defaultShouldRevalidate } = args;
  return actionStatus < 400 ? defaultShouldRevalidate : OUT_OF_DATE.includes(actionStatus);
}
