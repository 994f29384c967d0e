/*
 * Somebody leaves who has, or sells, a membership and a package: at Stripe, too, nothing goes on, and
 * what goes back goes back.
 */
import { afterAll, beforeAll, expect, test } from "vitest";

import { expectBooksToBalance } from "./checks.ts";
import { PAYS, payWith } from "./steps/buying.ts";
import { subscribe } from "./steps/memberships.ts";
import { openPackage } from "./steps/packages.ts";
import type { Run } from "./steps/run.ts";
import { hearAll, workOff } from "./steps/stripe.ts";
import { startWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

const SCENE = `
  select tests.create_profile('dana'), tests.create_coach('maria'), tests.create_host('host'),
    tests.create_package('four sessions', coach => 'maria', sessions => 4, session_cents => 8000),
    tests.create_membership_offer('months', coach => 'maria')
`;

test.each([
  ["client", "dana", [32_000]],
  ["coach", "maria", [20_000, 32_000]],
])("when a %s leaves, nothing is charged any more", async (_who, name, returned) => {
  await world.alone(async () => {
    const run = { ...world, waiting: [] };
    await run.database.run(SCENE);
    const membershipId = await subscribe(run, "dana", "months");
    const { url } = await openPackage(run, "dana", "four sessions");
    await payWith(url, PAYS);
    await goOn(run);
    expect(await statusOf(run, membershipId)).toBe("active");
    await run.pass(1); // Since now() stands still, they would have left before they paid.

    await run.database.rpc("apply_clerk_event", {
      event_id: "msg_left",
      event: { type: "user.deleted", data: { id: `user_${name}` } },
    });
    await goOn(run);

    const { data } = await run.stripe.subscriptions.list({ status: "all" });
    expect(data.map(({ status }) => status)).toEqual(["canceled"]);
    expect(await statusOf(run, membershipId)).toBe("ended");
    const refunds = (await run.stripe.refunds.list()).data;
    expect(refunds.map(({ amount }) => amount).sort()).toEqual(returned);
    await expectBooksToBalance(run);
  });
});

async function goOn(run: Run): Promise<void> {
  for (let left = 3; left > 0; left -= 1) {
    await workOff(run);
    await hearAll(run);
  }
}

async function statusOf({ database }: Run, membershipId: string): Promise<string | undefined> {
  const [membership] = await database.run<{ status: string }>(
    `select status from public.memberships where id = '${membershipId}'`,
  );
  return membership?.status;
}
