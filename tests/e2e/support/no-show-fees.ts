import { sql } from "./database.ts";
import type { Coach } from "./people.ts";

/** From now on a client of this coach pays $25 for a session of a membership to which they do not come. */
export async function askForNoShows({ coach }: Coach): Promise<void> {
  await sql`
    with policy as (
      insert into public.cancellation_policies (
        name, full_refund_minutes, partial_refund_minutes, partial_refund_percent, no_show_fee_cents
      )
      values (${`With a fee, ${coach.slug}`}, 1440, 240, 50, 2500)
      returning id
    )
    update public.coaches set cancellation_policy_id = policy.id from policy
    where coaches.id = ${coach.id}
  `;
}

/** Days have passed since the card was tried for a fee that was declined. */
export async function letFeeWait(bookingId: string, days: number): Promise<void> {
  await sql`
    update private.card_charges set created_at = created_at - make_interval(days => ${days})
    where order_id in (select order_id from private.no_show_fees where booking_id = ${bookingId})
  `;
}

/**
 * A session of a membership that its client missed nine days ago, and whose fee the card was declined for.
 * @returns the session's id
 */
export async function missWithoutPaying(membershipId: string): Promise<string> {
  const [booking] = await sql<{ id: string }[]>`
    insert into public.bookings (
      order_id, coach_id, client_id, offer_id, starts_at, ends_at, status, client_time_zone,
      confirmed_at
    )
    select id, coach_id, client_id, offer_id, now() - interval '9 days',
      now() - interval '9 days' + interval '1 hour', 'no_show_client', 'America/Phoenix',
      now() - interval '10 days'
    from public.orders where membership_id = ${membershipId}
    limit 1
    returning id
  `;
  await sql`
    insert into public.credit_entries (order_id, booking_id, kind, sessions)
    select order_id, id, 'used', -1 from public.bookings where id = ${booking!.id}
  `;
  await sql`
    with fee as (
      insert into public.orders (
        client_id, coach_id, offer_id, amount_cents, fee_cents, full_refund_minutes,
        partial_refund_minutes, partial_refund_percent
      )
      select client_id, coach_id, offer_id, 2500, 375, 1440, 240, 50
      from public.bookings where id = ${booking!.id}
      returning id
    ), linked as (
      insert into private.no_show_fees (booking_id, order_id) select ${booking!.id}, id from fee
    )
    insert into private.card_charges (order_id, attempt, outcome, failure_code, settled_at)
    select id, 1, 'declined', 'generic_decline', now() from fee
  `;
  return booking!.id;
}
