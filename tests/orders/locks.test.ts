/*
 * Two connections that change the same money at the same moment: the one waits for the other, and never both
 * for each other. The lock order is plan, order, and what belongs to it.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import { ROOT } from "../../supabase/local/paths.ts";
import { startPropertyServer, type PropertyServer } from "../properties/property-server.ts";

let server: PropertyServer;
let one: postgres.Sql;
let other: postgres.Sql;
let watcher: postgres.Sql;
let name = 0;

beforeAll(async () => {
  server = await startPropertyServer();
  [one, other, watcher] = [server.connect(), server.connect(), server.connect()];
  await one.unsafe(await readFile(join(ROOT, "supabase/tests/00_helpers.sql"), "utf8")).simple();
  await one
    .unsafe(
      `
      select tests.create_profile('dana'), tests.create_coach('maria');
      select tests.create_package('six hours', coach => 'maria', sessions => 6, session_cents => 8001);
      update public.offers set instalments = 3 where id = tests.id('six hours');
      grant execute on all functions in schema tests to anon, authenticated;
      `,
    )
    .simple();
});

/** A package in parts of its own, named `theirs`, of which the second is due. */
let theirs: string;

beforeEach(async () => {
  theirs = `theirs ${(name += 1)}`;
  await one
    .unsafe(
      `
      begin;
      select tests.buy_in_parts('${theirs}', 'dana', 'six hours');
      update public.orders set due_at = now() where id = tests.id('${theirs} 2');
      select tests.as_admin();
      commit;
      `,
    )
    .simple();
});

afterAll(() => server.stop());

/** Does something on the second connection, which has to wait for the first; `done` tells how it ended. */
async function whileWaiting(statements: string): Promise<{ done: Promise<string> }> {
  const [session] = await other<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const done = other
    .unsafe(statements)
    .simple()
    .then(
      () => "done",
      (error: Error) => error.message,
    );
  await expect
    .poll(
      async () =>
        (await watcher<{ by: number[] }[]>`select pg_blocking_pids(${session!.pid}) as by`)[0]?.by,
    )
    .toHaveLength(1);
  return { done };
}

const declined = `{"amount": 16002, "tax_cents": 0, "currency": "usd", "error": {"code": "card_declined"}}`;
const answer = (intent: string) => `
  select public.complete_outbox(id, '${declined}'::jsonb || '{"id": "${intent}"}')
  from private.outbox where topic = 'stripe.charge_card' and payload ->> 'order_id' = tests.id('${theirs} 2')::text`;
const event = (id: string, type: string, object: string) => `
  select public.apply_stripe_event(jsonb_build_object(
    'id', '${id}', 'type', '${type}', 'data', jsonb_build_object('object', ${object})
  ))`;

it.each(["our own answer", "its webhook"])(
  "notes a declined card, by %s, while the job that charges cards is at the same plan",
  async (teller) => {
    const failed = event(
      `evt_${name}`,
      "payment_intent.payment_failed",
      `jsonb_build_object('id', 'pi_${name}', 'amount', 16002, 'currency', 'usd',
        'metadata', jsonb_build_object('order_id', tests.id('${theirs} 2'), 'attempt', '1'),
        'last_payment_error', '{"code": "card_declined"}'::jsonb)`,
    );
    await one.unsafe("select private.charge_instalments()").simple();
    await one.unsafe(`begin; select private.lock_plan(tests.id('${theirs}'))`).simple();
    const { done } = await whileWaiting(teller === "its webhook" ? failed : answer(`pi_${name}`));
    await one.unsafe("select private.charge_instalments(); commit").simple();
    expect(await done).toBe("done");
    expect(await tries()).toEqual(["1 declined"]);
  },
);

it("lets a package expire when its page ends and its client stops at the same moment", async () => {
  await one
    .unsafe(
      `begin; select tests.buy_in_parts('unpaid', 'dana', 'six hours', is_paid => false); select tests.as_admin(); commit`,
    )
    .simple();
  await one.unsafe(`begin; select private.lock_plan(tests.id('unpaid'))`).simple();
  const page = `jsonb_build_object('id', 'cs_unpaid', 'metadata', jsonb_build_object('order_id', tests.id('unpaid 1')))`;
  const { done } = await whileWaiting(event("evt_expired", "checkout.session.expired", page));
  await one.unsafe(`select private.end_plan(tests.id('unpaid'), 'not_begun'); commit`).simple();
  expect(await done).toBe("done");
});

it("counts the tries of a card when the one that is under way is known", async () => {
  const charge = `select private.charge_card(orders) from public.orders where id = tests.id('${theirs} 2')`;
  await one.unsafe(`begin; ${charge}`).simple();
  const { done } = await whileWaiting(charge);
  await one
    .unsafe(
      `select private.record_declined_charge(tests.id('${theirs} 2'), 1, '{"code": "card_declined"}'); commit`,
    )
    .simple();
  expect(await done).toBe("done");
  // The next is due in days.
  expect(await tries()).toEqual(["1 declined"]);
});

async function tries(): Promise<string[]> {
  const rows = await watcher<{ said: string }[]>`
    select concat_ws(' ', attempt, outcome) as said from private.card_charges
    where order_id = tests.id(${`${theirs} 2`}) order by attempt
  `;
  return rows.map(({ said }) => said);
}
