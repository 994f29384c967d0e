import type postgres from "postgres";

import { DEMO_EMAILS } from "../demo-sign-ins.ts";
import { payUpcoming } from "./pay-upcoming.ts";

type Options = { url: string; key: string; connection: postgres.Sql };

/** How many coaches sell their cheapest session as a package as well. */
const SELLING = 6;
/** What one of a package's sessions costs, as a part of a single one. */
const PART_OF_PRICE = 0.85;

/**
 * Some coaches sell packages, Maria among them; she and the platform have coupons. Dana has bought
 * hers with a coupon and booked the first session; Marcus pays his in parts. All of it by the product's own functions.
 *
 * @param options where Stripe is, and the database as an admin
 */
export async function sellPackages({ connection: sql, ...stripe }: Options): Promise<void> {
  await sql`
    insert into public.offers (
      coach_id, kind, title, description, duration_minutes, price_cents, session_count, valid_months,
      instalments
    )
    select coaches.id, 'package', 'Six weeks, one conversation at a time',
      'We pick the conversation that costs you most, and work on it once a week until it does not. Between sessions you try it, and tell me what they said.',
      single.duration_minutes, 6 * (round(single.price_cents * ${PART_OF_PRICE}::numeric / 500) * 500)::integer, 6, 6,
      case profile_contacts.email when ${DEMO_EMAILS.maria} then 3 end
    from public.coaches
    join public.profile_contacts on profile_contacts.profile_id = coaches.profile_id
    cross join lateral (
      select offers.duration_minutes, offers.price_cents
      from public.offers
      where offers.coach_id = coaches.id and offers.kind = 'session' and offers.archived_at is null and offers.is_instant
      order by offers.price_cents
      limit 1
    ) as single
    where coaches.status = 'approved'
    order by profile_contacts.email <> ${DEMO_EMAILS.maria}, coaches.slug
    limit ${SELLING}
  `;
  await sql`select admin.make_coupon('WELCOME', 10, max_per_client => 1, is_first_order => true)`;

  const [order] = await sql<{ id: string; amount_cents: number; title: string; name: string }[]>`
    with maria as (
      select offers, offers.coach_id, offers.title
      from public.offers
      join public.coaches on coaches.id = offers.coach_id
      join public.profile_contacts on profile_contacts.profile_id = coaches.profile_id
      where offers.kind = 'package' and profile_contacts.email = ${DEMO_EMAILS.maria}
    ), dana as (
      select profiles.id, profiles.first_name || ' ' || profiles.last_name as name
      from public.profiles
      join public.profile_contacts on profile_contacts.profile_id = profiles.id
      where profile_contacts.email = ${DEMO_EMAILS.dana}
    ), coupon as (
      select private.insert_coupon(
        maria.coach_id, 'SPRING', 10, null, now(), now() + interval '3 months', 50, 1, false, 0
      ) as id from maria
    )
    select private.create_order(maria.offers, dana.id) as id, maria.title, dana.name, 0 as amount_cents
    from maria, dana, coupon
    where coupon.id is not null
  `;
  if (!order) throw new Error("Nobody sells or buys a package.");
  await sql`select private.apply_coupon(${order.id}, 'SPRING')`;
  const [price] = await sql<{ amount_cents: number }[]>`
    select amount_cents from public.orders where id = ${order.id}
  `;

  await payUpcoming(
    [
      {
        order: { id: order.id, amount_cents: price!.amount_cents, currency: "usd" },
        title: order.title,
        clientName: order.name,
      },
    ],
    { ...stripe, connection: sql },
  );
  await bookFirst(sql, order.id);
  await payInParts({ ...stripe, connection: sql });
}

/** Marcus buys Maria's package in three parts, and has paid the first. */
async function payInParts({ connection: sql, ...stripe }: Options): Promise<void> {
  const [plan] = await sql<{ id: string; amount_cents: number; title: string; name: string }[]>`
    with plan as (
      select private.create_plan(offers, profiles, terms.version, terms.words) as order_id,
        offers.title, profiles.first_name || ' ' || profiles.last_name as name,
        offers.price_cents / offers.instalments as amount_cents
      from public.offers
      cross join public.profiles
      join public.profile_contacts on profile_contacts.profile_id = profiles.id
      cross join lateral private.instalment_terms(offers, profiles.time_zone) as terms
      where offers.instalments is not null and profile_contacts.email = ${DEMO_EMAILS.marcus}
      limit 1
    )
    select order_id as id, amount_cents, title, name from plan
  `;
  if (!plan) throw new Error("Nobody sells a package in parts.");
  const { id, amount_cents, title, name } = plan;
  await payUpcoming(
    [{ order: { id, amount_cents, currency: "usd" }, title, clientName: name, keepsCard: true }],
    { ...stripe, connection: sql },
  );
}

/** Books a session of the package, as its client would: the first free time after four days. */
async function bookFirst(connection: postgres.Sql, orderId: string): Promise<void> {
  await connection.begin(async (transaction) => {
    // postgres.js types a transaction without what makes it callable.
    const sql = transaction as unknown as postgres.Sql;
    await sql`
      select set_config('request.jwt.claims', json_build_object('sub', profiles.clerk_user_id)::text, true)
      from public.orders join public.profiles on profiles.id = orders.client_id
      where orders.id = ${orderId}
    `;
    const [slot] = await sql<{ starts_at: Date }[]>`
      select starts_at
      from public.credit_slots(${orderId}, now() + interval '4 days', now() + interval '40 days')
      limit 1
    `;
    if (!slot) return; // a coach who is booked out: Dana still has all of it
    await sql`
      select public.request_booking_with_credit(
        ${orderId}, array[${slot.starts_at}]::timestamptz[], 'America/New_York',
        'The seller who wants to wait for spring. I lose my words when she says it.'
      )
    `;
  });
}
