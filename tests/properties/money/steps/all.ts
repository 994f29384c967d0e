import { book, buy, pay } from "./buying.ts";
import { decide, dispute } from "./disputes.ts";
import { buyPackage, outlast, useCredit } from "./packages.ts";
import { answer, ask, onboard, payOut } from "./payouts.ts";
import type { Step } from "./run.ts";
import { buyAndMeet, cancel, jobs, meet, wait } from "./sessions.ts";
import { hear, refundFails, refundInStripe, release, work } from "./stripe.ts";

/** Everything that can happen, by name, and how often compared with the others. */
export const STEPS: [name: string, weight: number, step: Step][] = [
  ["book", 1, book],
  ["buy", 2, buy],
  ["pay", 2, pay],
  ["hear", 5, hear],
  ["work", 3, work],
  ["jobs", 2, jobs],
  ["wait", 1, wait],
  ["two days later", 2, release],
  ["buy a package", 1, buyPackage],
  ["use a credit", 2, useCredit],
  ["outlast a package", 1, outlast],
  ["onboard", 2, onboard],
  ["Stripe asks", 1, ask],
  ["answer Stripe", 1, answer],
  ["pay out", 1, payOut],
  ["cancel", 2, cancel],
  ["meet", 2, meet],
  ["buy and meet", 3, buyAndMeet],
  ["dispute", 1, dispute],
  ["decide a dispute", 1, decide],
  ["refund in Stripe", 1, refundInStripe],
  ["refund fails", 1, refundFails],
];
