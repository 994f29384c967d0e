import { Refusal } from "../database.ts";
import type { News, World } from "../world.ts";

/** What a run knows besides the rows. */
export type Run = World & {
  /** News that has not arrived yet. */
  waiting: News[];
};

/** Does one thing, chosen by the dice among what there is; false when there is nothing to do. */
export type Step = (run: Run, dice: number) => Promise<boolean>;

export function pick<Value>(values: readonly Value[], dice: number): Value {
  return values[dice % values.length]!;
}

/** Another throw of the same dice. */
export function again(dice: number): number {
  return (dice * 7_919 + 104_729) % 1_000_003;
}

/**
 * What a call gives, or null when it is refused with a code that people read: that is an answer.
 * @throws anything else: a bug
 */
export async function allowed<Value>(call: Promise<Value>): Promise<Value | null> {
  try {
    return await call;
  } catch (error) {
    if (isAnswer(error)) return null;
    throw error;
  }
}

/** Whether it is a refusal that people read. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Refusal && /^[A-Z]{5}$/.test(error.code);
}

/** Sends a form of one of Stripe's pages, as a browser without scripts does. */
export function submit(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
}
