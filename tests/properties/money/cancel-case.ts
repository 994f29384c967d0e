import type { MoneyDatabase } from "./database.ts";

/** Minutes before the start, and a percentage. */
export type Policy = { full: number; partial: number; percent: number };

/** Somebody calls a session off. */
export type Case = {
  /** One session; the second of a weekly series or of a package, whose first one was held and paid out. */
  kind: "session" | "series" | "credit";
  policy: Policy;
  /** Of a session, in cents. */
  price: number;
  /** Percent off; 0 without one. */
  coupon: number;
  bearer: "platform" | "coach";
  /** Before the start. */
  minutes: number;
  actor: "client" | "coach";
};

/** What came of it, in cents, once all was released, sent and taken back. */
export type Ending = {
  shown: number;
  returned: number;
  refunded: number;
  ledger_refunded: number;
  /** What is left to book with. */
  credits: number;
  /** To the coach. */
  sent: number;
  balances: Record<string, number>;
  mismatches: number;
};

/** Plays it. The caller takes everything back. */
export async function cancelCase(database: MoneyDatabase, wanted: Case): Promise<Ending> {
  const { kind, policy, price, coupon, bearer, minutes, actor } = wanted;
  const code = coupon === 0 ? "''" : "'SAVE'";

  await database.run(`
    select tests.create_profile('dana'), tests.create_coach('maria'), tests.create_host('host'),
      tests.open_payouts('maria'),
      tests.create_package('package', coach => 'maria', sessions => 3, session_cents => ${price});
    update public.offers set price_cents = ${price} where id = tests.id('maria''s hour');
    update public.cancellation_policies
    set full_refund_minutes = ${policy.full}, partial_refund_minutes = ${policy.partial},
        partial_refund_percent = ${policy.percent};
    ${coupon === 0 ? "" : `select private.insert_coupon(${bearer === "coach" ? "tests.coach_id('maria')" : "null"}, 'SAVE', ${coupon}, null, now(), null, null, null, false, 0);`}
    select tests.sign_in_as('dana');
    ${BUYING[kind](code)}
    select tests.as_admin();
    select tests.move_booking('it', now() + make_interval(mins => ${minutes}))
  `);

  const as = actor === "client" ? "dana" : "maria";
  const [it] = await database.run<{ id: string }>("select tests.id('it') as id");
  const [quote] = (await database.rpc("refund_quote", { booking_id: it!.id }, as)) as {
    refund_cents: number;
    returns_credit: boolean;
  }[];
  const returned = (await database.rpc(
    "cancel_booking",
    {
      booking_id: it!.id,
      expected_refund_cents: quote!.refund_cents,
      expected_credits: Number(quote!.returns_credit),
    },
    as,
  )) as number;

  const [ending] = await database.run<{ ending: Omit<Ending, "shown" | "returned"> }>(ENDING);
  return { shown: quote!.refund_cents, returned, ...ending!.ending };
}

const HELD = `
  select tests.move_booking('first', now() - interval '50 hours');
  select private.complete_bookings();
  select tests.know_who_came('first');
  select private.release_earnings();
  select private.send_transfers();
  select tests.make_transfers();
`;

/** By kind, with the coupon's code: remembers the session as 'it'. */
const BUYING: Record<Case["kind"], (code: string) => string> = {
  session: (code) => `
    select public.request_booking(tests.id('maria''s hour'), tests.on_day(3), 'America/Chicago', '', ${code}) as id;
    select tests.as_admin();
    select tests.remember('it', id) from public.bookings;
    select tests.pay('it');
  `,
  series: (code) => `
    select public.request_series(tests.id('maria''s hour'), array[tests.on_day(3), tests.on_day(10), tests.on_day(17)], 'America/Chicago', '', ${code});
    select tests.as_admin();
    select tests.remember(case position when 1 then 'first' when 2 then 'it' else 'third' end, id) from public.bookings;
    select tests.pay('it');
    ${HELD}
  `,
  credit: (code) => `
    select public.buy_package(tests.id('package'), ${code});
    select tests.as_admin();
    select tests.remember('order', id) from public.orders;
    select tests.pay_order('order');
    select tests.sign_in_as('dana');
    select public.request_booking_with_credit(tests.id('order'), array[tests.on_day(3), tests.on_day(10)], 'America/Chicago');
    select tests.as_admin();
    select tests.remember(case position when 1 then 'first' else 'it' end, id) from public.bookings;
    ${HELD}
  `,
};

/** Stripe gives back what it was asked for, the rest is released and sent, and all is counted. */
const ENDING = `
  select private.record_refund(refunds.id, jsonb_build_object('id', 're_' || refunds.id, 'status', 'succeeded', 'amount', refunds.amount_cents))
  from public.refunds;
  select tests.move_booking('it', now() - interval '50 hours');
  select private.release_earnings();
  select private.send_transfers();
  select tests.make_transfers();
  select tests.make_reversals();
  select jsonb_build_object(
    'refunded', (select coalesce(sum(amount_cents), 0) from public.refunds),
    'ledger_refunded', (
      select coalesce(sum(amount_cents), 0)
      from private.ledger_entries join private.ledger_journals on ledger_journals.id = journal_id
      where kind = 'refund' and account = 'client_money'
    ),
    'credits', (select coalesce(sum(sessions), 0) from public.credit_entries),
    'sent', (select coalesce(sum(amount_cents), 0) from public.transfers where status = 'succeeded'),
    'balances', (
      select jsonb_object_agg(account, coalesce(cents, 0))
      from unnest(array['stripe_balance', 'client_money', 'coach_payable', 'platform_fees', 'platform_discounts']) as named (account)
      left join lateral (
        select sum(amount_cents) as cents from private.ledger_entries where ledger_entries.account::text = named.account
      ) as summed on true
    ),
    'mismatches', (select count(*) from admin.money_mismatch)
  ) as ending
`;
