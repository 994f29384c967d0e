import type Stripe from "stripe";

import type { State } from "./state.ts";

/** No other number is that large: amounts have eight digits at most. */
const FIRST_INSTANT = 1_000_000_000;

/** Instants in what is remembered of a call: in its form-encoded parameters, and in milliseconds in its key. */
const IN_FORM = /(?<==)\d{10}(?=&|$)/g;
const IN_KEY = /(?<=:)\d{13}$/;

/**
 * Lets time pass by moving back every instant that is kept, while the clock stays: for who has a
 * database whose now() stands still, and moves its rows in the same way.
 *
 * @param state of the emulator, changed in place
 * @param seconds how many pass
 */
export function passTime(state: State, seconds: number): void {
  // Objects are part of one another: each moves once.
  const moved = new Set<object>();
  move(state, seconds, moved);
  const calls = Object.entries(state.idempotency).map(([key, saved]) => {
    const body = saved.body.replace(IN_FORM, (at) => String(Number(at) - seconds));
    return [key.replace(IN_KEY, (at) => String(Number(at) - seconds * 1000)), { ...saved, body }];
  });
  state.idempotency = Object.fromEntries(calls) as State["idempotency"];
  for (const kinds of [state.records, ...Object.values(state.accounts)]) {
    for (const subscription of Object.values(kinds["subscription"] ?? {})) {
      countFromNextPeriod(subscription as Stripe.Subscription);
    }
  }
}

function move(value: object, seconds: number, moved: Set<object>): void {
  if (moved.has(value)) return;
  moved.add(value);
  const fields = value as Record<string, unknown>;
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === "number" && field >= FIRST_INSTANT) fields[name] = field - seconds;
    else if (typeof field === "object" && field !== null) move(field, seconds, moved);
  }
}

/** Months are not equally long: counted from a day that was moved, a period could last but a few days. */
function countFromNextPeriod(subscription: Stripe.Subscription): void {
  const end = subscription.items.data[0]?.current_period_end;
  if (end) subscription.billing_cycle_anchor = end;
}
