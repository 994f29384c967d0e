import type postgres from "postgres";

import type { Market } from "./market.ts";

/**
 * Writes the market in one transaction. Search rows follow by the tables' own triggers; nobody is
 * told of what lies in the past, and for sessions to come a meeting is asked of Zoom.
 */
export async function writeMarket(connection: postgres.Sql, market: Market): Promise<void> {
  const { members, practices, groupSession, conversations } = market;
  const sessions = [...market.sessions, ...groupSession.seats];

  await connection.begin(async (transaction) => {
    // postgres.js types a transaction without what makes it callable.
    const sql = transaction as unknown as postgres.Sql;

    async function insert(table: string, rows: object[]) {
      if (rows.length > 0) await sql`insert into ${sql(table)} ${sql(rows)}`;
    }

    // These messages were said and read long ago: no browser waits to hear of them.
    await sql`alter table public.messages disable trigger messages__broadcast`;
    await sql`alter table public.conversation_reads disable trigger conversation_reads__broadcast`;

    await insert(
      "profiles",
      members.map(({ profile }) => profile),
    );
    await insert(
      "profile_contacts",
      members.map(({ profile, email }) => ({
        profile_id: profile.id,
        email,
        source_updated_at: profile.created_at,
      })),
    );
    await insert("credentials", market.credentials);
    await insert(
      "coaches",
      practices.map(({ coach }) => ({
        ...coach,
        status: coach.status === "approved" ? "applied" : coach.status,
      })),
    );
    await insert(
      "availability_settings",
      practices.map(({ settings }) => settings),
    );
    await insert(
      "weekly_hours",
      practices.flatMap(({ hours }) => hours),
    );
    await insert("offers", [
      ...practices.flatMap(({ offers }) => offers.map(({ row }) => row)),
      groupSession.offer,
    ]);
    await insert("group_dates", groupSession.dates);

    const approved = practices.flatMap(({ coach }) =>
      coach.status === "approved" ? coach.id : [],
    );
    await sql`update public.coaches set status = 'approved' where id = any(${approved})`;

    await insert(
      "orders",
      sessions.map(({ order }) => order),
    );
    await insert(
      "bookings",
      sessions.map(({ booking }) => booking),
    );
    await insert(
      "booking_events",
      sessions.flatMap(({ events }) => events),
    );
    await insert(
      "payments",
      sessions.flatMap(({ payment }) => payment ?? []),
    );
    await insert(
      "refunds",
      sessions.flatMap(({ refund }) => refund ?? []),
    );
    await insert(
      "meetings",
      sessions.flatMap(({ meeting }) => meeting ?? []),
    );
    await insert("reviews", market.reviews);

    await insert(
      "conversations",
      conversations.map(({ conversation }) => conversation),
    );
    await insert(
      "messages",
      conversations.flatMap(({ messages }) => messages),
    );
    await insert(
      "conversation_reads",
      conversations.flatMap(({ reads }) => reads),
    );

    await sql`alter table public.messages enable trigger messages__broadcast`;
    await sql`alter table public.conversation_reads enable trigger conversation_reads__broadcast`;

    // Who came is known of each session that was held; nobody objects to that.
    await sql`
      insert into public.attendance_decisions
        (booking_id, outcome, sentence, decided_at, objection_ends_at, settled_at, settled_outcome)
      select bookings.id, 'held', private.attendance_sentence(
        private.shown_name(profiles), coaches.display_name, true, true, 0, 0,
        (extract(epoch from bookings.ends_at - bookings.starts_at) / 60)::integer - 2
      ), bookings.ends_at, bookings.ends_at, bookings.ends_at, 'held'
      from public.bookings
      join public.profiles on profiles.id = bookings.client_id
      join public.coaches on coaches.id = bookings.coach_id
      where bookings.status = 'completed'
    `;
    await payPastSessions(sql);
    await sql`
      select private.plan_meeting(occasion_id)
      from (select distinct occasion_id from public.bookings where status = 'confirmed') as planned
    `;
    // Sessions have no trigger of their own to count them for search.
    await sql`select private.refresh_listing(id) from public.coaches where status = 'approved'`;
    // And the job that finds when each can be booked next has not come by yet.
    await sql`select private.refresh_next_times()`;
  });
}

/** What was earned long ago was released and sent, all at once here: none of it was at Stripe. */
async function payPastSessions(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into public.earnings (
      order_id, booking_id, coach_id, price_cents, kept_cents, fee_cents, share_cents, subsidy_cents, released_at
    )
    select bookings.order_id, bookings.id, bookings.coach_id, split.price_cents, split.kept_cents,
      split.fee_cents, split.share_cents, split.subsidy_cents, bookings.ends_at + interval '48 hours'
    from public.bookings
    cross join lateral private.session_split(bookings) as split
    where bookings.ends_at < now() and private.unreleased_because(bookings) is null
  `;
  await sql`
    insert into public.transfers (
      earning_id, payment_id, coach_id, amount_cents, status, stripe_transfer_id, created_at, settled_at
    )
    select earnings.id, payments.id, earnings.coach_id, earnings.share_cents, 'succeeded',
      'tr_demo_' || earnings.id, earnings.released_at, earnings.released_at
    from public.earnings
    join public.payments on payments.order_id = earnings.order_id and payments.status = 'succeeded'
  `;
  await sql`
    update public.orders set status = 'released'
    where orders.status = 'paid'
      and exists (select from public.earnings where earnings.order_id = orders.id)
      and not private.has_more_to_earn(orders.id)
  `;
}
