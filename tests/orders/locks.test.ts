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
let third: postgres.Sql;
let watcher: postgres.Sql;
let name = 0;

beforeAll(async () => {
  server = await startPropertyServer();
  [one, other, third, watcher] = Array.from({ length: 4 }, () => server.connect()) as [
    postgres.Sql,
    postgres.Sql,
    postgres.Sql,
    postgres.Sql,
  ];
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

/** Does something on the second connection, or another, which has to wait; `done` tells how it ended. */
async function whileWaiting(statements: string, who = other): Promise<{ done: Promise<string> }> {
  const [session] = await who<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const done = who
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

it("reads what Stripe took of a payment while the same payment is told of again", async () => {
  const [paid] = await watcher<{ intent: string; gross: number }[]>`
    select stripe_payment_intent_id as intent, amount_cents + tax_cents as gross
    from payments where order_id = tests.id(${`${theirs} 1`})
  `;
  await one.unsafe(`begin; select private.lock_order(tests.id('${theirs} 1'))`).simple();
  const { done } = await whileWaiting(`
    select public.complete_outbox(outbox.id, '{"charge_id": "ch_${name}", "fee_cents": 494}')
    from private.outbox join public.payments on payments.id::text = outbox.payload ->> 'payment_id'
    where outbox.topic = 'stripe.read_charge' and payments.order_id = tests.id('${theirs} 1')`);
  const again = event(
    `evt_again_${name}`,
    "payment_intent.succeeded",
    `jsonb_build_object('id', '${paid!.intent}', 'amount_received', ${paid!.gross}, 'currency', 'usd',
      'metadata', jsonb_build_object('order_id', tests.id('${theirs} 1')))`,
  );
  await one.unsafe(`${again}; commit`).simple();
  expect(await done).toBe("done");
  expect(
    await watcher`select fee_cents from payments where order_id = tests.id(${`${theirs} 1`})`,
  ).toMatchObject([{ fee_cents: 494 }]);
});

it("books with a credit while the client stops paying for the rest", async () => {
  const pending = () => watcher<{ id: string }[]>`
    select id from orders where plan_id = tests.id(${theirs}) and status = 'pending'`;
  // Whoever changes both without asking for an order finds them in another than by their ids.
  let unpaid = await pending();
  while (unpaid[0]!.id < unpaid[1]!.id) {
    theirs = `theirs ${(name += 1)}`;
    await one
      .unsafe(`begin; select tests.buy_in_parts('${theirs}', 'dana', 'six hours'); commit`)
      .simple();
    unpaid = await pending();
  }
  await third.unsafe(`begin; select from orders where id = '${unpaid[1]!.id}' for update`).simple();
  const booked = await whileWaiting(
    `select tests.book_with_credit('hers', 'dana', '${theirs} 1', days => 5)`,
  );
  const stopped = await whileWaiting(
    `begin; select tests.sign_in_as('dana'); select public.stop_plan(tests.id('${theirs}')); select tests.as_admin(); commit`,
    one,
  );
  await third`commit`;
  expect([await booked.done, await stopped.done]).toEqual(["done", "done"]);
});

it("decides who came to the others, while somebody works on one order", async () => {
  const [held, free] = [`held ${name}`, `free ${name}`];
  const decide = `set local lock_timeout = '1s'; select private.decide_attendances()`;
  const decided = async () => {
    const rows = await watcher<{ name: string; is_settled: boolean }[]>`
      select fixtures.name, settled_at is not null as is_settled
      from public.attendance_decisions join tests.fixtures on fixtures.id = booking_id
      order by 1
    `;
    return rows.map((row) => `${row.name}: ${row.is_settled ? "settled" : "decided"}`);
  };
  await one
    .unsafe(
      `
      begin;
      select tests.book(booking, client => 'dana', offer => 'maria''s hour', status => 'completed', starts_at => now() - days * interval '1 day')
      from (values ('${held}', 3), ('${free}', 2)) as sessions (booking, days);
      commit;
      `,
    )
    .simple();
  const hold = `begin; select private.lock_booking(tests.id('${held}'))`;

  await one.unsafe(hold).simple();
  await other.unsafe(decide).simple();
  expect(await decided()).toEqual([`${free}: decided`]);
  await one`commit`;
  await other.unsafe(decide).simple();
  expect(await decided()).toEqual([`${free}: decided`, `${held}: decided`]);

  await one`update public.attendance_decisions set objection_ends_at = now()`;
  await one.unsafe(hold).simple();
  await other.unsafe(decide).simple();
  expect(await decided()).toEqual([`${free}: settled`, `${held}: decided`]);
  await one`commit`;
  await other.unsafe(decide).simple();
  expect(await decided()).toEqual([`${free}: settled`, `${held}: settled`]);
});

async function tries(): Promise<string[]> {
  const rows = await watcher<{ said: string }[]>`
    select concat_ws(' ', attempt, outcome) as said from private.card_charges
    where order_id = tests.id(${`${theirs} 2`}) order by attempt
  `;
  return rows.map(({ said }) => said);
}
