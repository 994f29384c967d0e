import { afterAll, beforeAll, test } from "vitest";

import { expectMembershipsAsAtStripe } from "./memberships-check.ts";
import { chooseCard, declined } from "./steps/cards.ts";
import { decide, dispute } from "./steps/disputes.ts";
import { leave } from "./steps/leaving.ts";
import {
  begin,
  change,
  decideTo,
  earn,
  join,
  MEMBERSHIP_SCENE,
  outlastYear,
  payInvoice,
  renew,
} from "./steps/memberships.ts";
import { chargeFee, meetAndObject, miss, payFee, payFeeUnheard } from "./steps/no-show-fees.ts";
import { useCredit } from "./steps/packages.ts";
import { onboard, payOut } from "./steps/payouts.ts";
import { cancel, jobs, meet, move, wait } from "./steps/sessions.ts";
import { hear, refundFails, refundInStripe, release, work } from "./steps/stripe.ts";
import { tryAtRandom, type Steps } from "./try-at-random.ts";
import { startWorld, type World } from "./world.ts";

const STEPS: Steps = [
  ["begin a membership", 2, begin],
  ["join", 2, join],
  ["earn a period", 3, earn],
  ["renew", 5, renew],
  ["outlast a year", 1, outlastYear],
  ["choose a card", 1, chooseCard],
  ["is declined", 2, declined(renew)],
  ["pay an invoice", 2, payInvoice],
  ["pause", 2, decideTo("pause")],
  ["resume", 5, decideTo("resume")],
  ["cancel the membership", 2, decideTo("cancel")],
  ["keep the membership", 4, decideTo("keep")],
  ["change the plan", 4, change],
  ["use a credit", 4, useCredit],
  ["miss a session", 3, miss],
  ["object to what was decided", 2, meetAndObject],
  ["pay a fee", 2, payFee],
  ["pay a fee, unheard", 3, payFeeUnheard],
  ["charge a fee again", 2, chargeFee],
  ["hear", 4, hear],
  ["work", 3, work],
  ["jobs", 2, jobs],
  ["wait", 1, wait],
  ["two days later", 3, release],
  ["onboard", 3, onboard],
  ["pay out", 4, payOut],
  ["cancel", 2, cancel],
  ["move", 3, move],
  ["meet", 2, meet],
  ["leave", 1, leave],
  ["dispute", 2, dispute],
  ["decide a dispute", 5, decide],
  ["refund in Stripe", 3, refundInStripe],
  ["refund fails", 1, refundFails],
];

const OUTCOMES = [
  "credits granted",
  "credits used",
  "credits returned",
  "credits ended",
  "trials",
  "renewals",
  "renewals recovered",
  "ended unpaid",
  "ended as decided",
  "periods of a pause",
  "years",
  "renewals of a year",
  "plans changed",
  "periods earned",
  "fees paid",
  "fees overdue",
  "fees unpaid",
  "charges declined",
  "late pages found paid",
  "late pages found paid before a charge",
  "refunds succeeded",
  "transfers succeeded",
  "earnings changed later",
  "disputes lost",
];

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

test("the books of memberships balance, whatever happens", async () => {
  await tryAtRandom(world, {
    scene: MEMBERSHIP_SCENE,
    steps: STEPS,
    outcomes: OUTCOMES,
    check: expectMembershipsAsAtStripe,
  });
}, 1_800_000);
