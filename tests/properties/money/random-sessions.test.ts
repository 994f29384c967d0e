import { afterAll, beforeAll, test } from "vitest";

import { book, buy, pay } from "./steps/buying.ts";
import { decide, dispute } from "./steps/disputes.ts";
import { leave } from "./steps/leaving.ts";
import { answer, ask, onboard, payOut } from "./steps/payouts.ts";
import { answerRequest, askForDates } from "./steps/requests.ts";
import {
  buyAndMeet,
  cancel,
  jobs,
  meet,
  move,
  object,
  settleObjection,
  wait,
} from "./steps/sessions.ts";
import { hear, refundFails, refundInStripe, release, work } from "./steps/stripe.ts";
import { tryAtRandom, type Steps } from "./try-at-random.ts";
import { startWorld, type World } from "./world.ts";

const STEPS: Steps = [
  ["book", 1, book],
  ["buy", 2, buy],
  ["pay", 2, pay],
  ["hear", 5, hear],
  ["work", 3, work],
  ["jobs", 2, jobs],
  ["wait", 1, wait],
  ["two days later", 3, release],
  ["onboard", 2, onboard],
  ["Stripe asks", 1, ask],
  ["answer Stripe", 1, answer],
  ["pay out", 2, payOut],
  ["ask for dates", 2, askForDates],
  ["answer a request", 3, answerRequest],
  ["cancel", 2, cancel],
  ["move", 1, move],
  ["meet", 2, meet],
  ["object", 2, object],
  ["settle an objection", 1, settleObjection],
  ["buy and meet", 3, buyAndMeet],
  ["leave", 1, leave],
  ["dispute", 1, dispute],
  ["decide a dispute", 2, decide],
  ["refund in Stripe", 2, refundInStripe],
  ["refund fails", 1, refundFails],
];

const OUTCOMES = [
  "refunds succeeded",
  "refunds failed",
  "transfers succeeded",
  "reversals succeeded",
  "earnings changed later",
  "discounts of platform",
  "discounts of coach",
  "disputes won",
  "disputes lost",
  "requests taken in part",
];

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

test("the books of sessions balance, whatever happens", async () => {
  await tryAtRandom(world, { steps: STEPS, outcomes: OUTCOMES });
}, 1_800_000);
