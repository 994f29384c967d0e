import { afterAll, beforeAll, test } from "vitest";

import { expectPlansToAddUp } from "./plans-check.ts";
import { chooseCard, declined } from "./steps/cards.ts";
import { decide, dispute } from "./steps/disputes.ts";
import {
  buyParts,
  charge,
  getParts,
  INSTALMENT_SCENE,
  payPart,
  payPartUnheard,
  stop,
} from "./steps/instalments.ts";
import { leave } from "./steps/leaving.ts";
import { outlast, useCredit } from "./steps/packages.ts";
import { onboard } from "./steps/payouts.ts";
import { cancel, jobs, meet, move, wait } from "./steps/sessions.ts";
import { hear, refundFails, refundInStripe, release, work } from "./steps/stripe.ts";
import { suspend } from "./steps/suspending.ts";
import { tryAtRandom, type Steps } from "./try-at-random.ts";
import { startWorld, type World } from "./world.ts";

const STEPS: Steps = [
  ["buy in parts", 1, buyParts],
  ["get a package in parts", 3, getParts],
  ["charge", 5, charge],
  ["choose a card", 1, chooseCard],
  ["is declined", 2, declined(charge)],
  ["pay a part", 4, payPart],
  ["pay a part, unheard", 3, payPartUnheard],
  ["stop", 1, stop],
  ["use a credit", 6, useCredit],
  ["outlast a package", 2, outlast],
  ["hear", 4, hear],
  ["work", 3, work],
  ["jobs", 1, jobs],
  ["wait", 1, wait],
  ["two days later", 3, release],
  ["onboard", 3, onboard],
  ["cancel", 3, cancel],
  ["move", 4, move],
  ["meet", 9, meet],
  ["leave", 1, leave],
  ["suspend", 2, suspend],
  ["dispute", 2, dispute],
  ["decide a dispute", 4, decide],
  ["refund in Stripe", 1, refundInStripe],
  ["refund fails", 2, refundFails],
];

const OUTCOMES = [
  "late pages found paid",
  "late pages found paid before a charge",
  "charges succeeded",
  "charges declined",
  "charges requires_action",
  "plans active",
  "plans overdue",
  "plans completed",
  "plans ended stopped",
  "plans ended declined",
  "plans ended not_begun",
  "plans ended lapsed",
  "credits used",
  "credits returned",
  "credits ended",
  "refunds succeeded",
  "transfers succeeded",
];

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

test("the books of packages paid in parts balance, whatever happens", async () => {
  await tryAtRandom(world, {
    scene: INSTALMENT_SCENE,
    steps: STEPS,
    outcomes: OUTCOMES,
    check: expectPlansToAddUp,
  });
}, 1_800_000);
