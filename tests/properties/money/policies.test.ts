/*
 * Cancellations by the thousand under each policy, of sessions that were paid for in each way: what was
 * shown, what goes back, what the ledger says and what the coach is sent in the end are what a second
 * reckoning, in TypeScript, says.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import fc from "fast-check";

import { startMoneyDatabase, type MoneyDatabase } from "./database.ts";
import { cancelCase, type Case, type Ending, type Policy } from "./cancel-case.ts";

/** For each policy that is sold under, and for each that could be. */
const RUNS = 1_000;
const OTHER_RUNS = 200;

const OTHERS: Policy[] = [
  { full: 2_880, partial: 2_880, percent: 50 }, // without a middle: all or nothing
  { full: 0, partial: 0, percent: 0 }, // all until the start
  { full: 10_080, partial: 60, percent: 33 }, // a week, and a third of what is odd
];

let database: MoneyDatabase;
let sold: Policy[];

beforeAll(async () => {
  database = await startMoneyDatabase();
  await database.undone(async () => {
    sold = await database.run<Policy>(`
      select full_refund_minutes as full, partial_refund_minutes as partial, partial_refund_percent as percent
      from public.cancellation_policies
    `);
  });
});

afterAll(async () => {
  await database.stop();
});

/** Somebody's cancellation, near the moments at which the policy changes its mind. */
function cases(policy: Policy): fc.Arbitrary<Case> {
  const edges = [policy.full, policy.partial].flatMap((edge) => [edge - 1, edge, edge + 1]);
  return fc.record({
    kind: fc.constantFrom("session", "session", "series", "credit"),
    policy: fc.constant(policy),
    price: fc.integer({ min: 500, max: 60_000 }),
    coupon: fc.constantFrom(0, 0, 7, 33, 90),
    bearer: fc.constantFrom("platform", "coach"),
    minutes: fc.oneof(
      fc.constantFrom(...edges.filter((minutes) => minutes > 0), 1),
      fc.integer({ min: 1, max: 12_000 }),
    ),
    actor: fc.constantFrom("client", "client", "client", "coach"),
  });
}

test("what is shown is what goes back, and the rest is shared by the rules", async () => {
  expect(sold.length).toBeGreaterThan(0);
  for (const policy of [...sold, ...OTHERS]) {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(cases(policy), async (wanted) => {
        await database.undone(async () => {
          const ending = await cancelCase(database, wanted);
          expect(ending).toEqual(expectedEnding(wanted));
          seen.add(ending.shown === 0 ? "nothing" : ending.credits > 1 ? "a credit" : "money");
        });
      }),
      { numRuns: sold.includes(policy) ? RUNS : OTHER_RUNS },
    );
    expect(seen.size).toBeGreaterThan(1);
  }
}, 1_800_000);

const FEE = 1_500; // of 10,000: private.platform_settings.fee_basis_points

/** Of integers, halves up. */
function rounded(part: number, of: number): number {
  return Math.floor((2 * part + of) / (2 * of));
}

function expectedEnding({ kind, policy, price, coupon, bearer, minutes, actor }: Case): Ending {
  const off = coupon === 0 ? 0 : Math.min(Math.ceil((price * coupon) / 100), price - 100);
  const paid = price - off;
  const isOurs = bearer === "platform";
  const fee = rounded((isOurs ? price : paid) * FEE, 10_000);
  const subsidy = isOurs ? off : 0;

  const isInTime = actor === "coach" || minutes >= policy.full;
  const comesBackAsCredit = kind === "credit" && isInTime;
  const agreed = isInTime
    ? paid
    : minutes >= policy.partial
      ? Math.ceil((paid * policy.percent) / 100)
      : 0;
  const shown = comesBackAsCredit ? 0 : agreed;

  // The session that was called off, and the one before it, which was held.
  const kept = comesBackAsCredit || actor === "coach" ? 0 : paid - shown;
  const parts = [
    ...(kind === "session" ? [] : [{ kept: paid, fee, subsidy }]),
    { kept, fee: rounded(fee * kept, paid), subsidy: rounded(subsidy * kept, paid) },
  ];
  const sum = (of: (part: (typeof parts)[number]) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  const count = kind === "session" ? 1 : 3;

  return {
    shown,
    returned: shown,
    refunded: shown,
    ledger_refunded: shown,
    credits: kind === "credit" ? 1 + Number(comesBackAsCredit) : 0,
    sent: sum((part) => part.kept + part.subsidy - part.fee),
    balances: {
      stripe_balance: count * paid - shown - sum((part) => part.kept + part.subsidy - part.fee),
      client_money: 0 - (count * paid - shown - sum((part) => part.kept)),
      coach_payable: 0,
      platform_fees: 0 - sum((part) => part.fee),
      platform_discounts: sum((part) => part.subsidy),
    },
    mismatches: 0,
  };
}
