import { sql } from "./database.ts";
import type { Coach } from "./people.ts";

/**
 * Puts a group session of a coach on sale, with two seats at a date in eight days.
 * @returns the ids of the offer and of the date
 */
export async function createGroupSession({
  coach,
}: Coach): Promise<{ offerId: string; dateId: string }> {
  const [made] = await sql<{ offerId: string; dateId: string }[]>`
    with offer as (
      insert into public.offers (coach_id, kind, title, duration_minutes, price_cents, seats)
      values (${coach.id}, 'group_session', 'Pricing clinic', 90, 4000, 2)
      returning id
    )
    insert into public.group_dates (offer_id, coach_id, starts_at, ends_at, seats)
    select offer.id, ${coach.id}, at, at + interval '90 minutes', 2
    from offer cross join (select date_trunc('hour', now()) + interval '8 days' as at) as time
    returning offer_id as "offerId", id as "dateId"
  `;
  if (!made) throw new Error("No group session was made.");
  return made;
}
