import { startCheckout } from "../../../../app/features/orders/start-checkout.server.ts";
import type { Checkout } from "../../../../app/features/orders/orders.server.ts";
import { CLIENTS, COACHES, profileOf } from "../people.ts";
import { PAYS, payWith } from "./buying.ts";
import { again, allowed, pick, type Run, type Step } from "./run.ts";
import { hearAll } from "./stripe.ts";

/** Somebody asks a coach for up to four dates, and lets their bank hold the money. */
export const askForDates: Step = async (run, dice) => {
  const client = pick(CLIENTS, dice);
  const coach = pick(COACHES, again(dice));
  const offerId = await offerOnRequest(run, coach);
  const [wish] = await run.database.run<{ starts: string[] }>(`
    select array(
      select tests.on_day(${1 + (again(dice) % 5)} + week, '${8 + (dice % 10)}:00')::text
      from generate_series(0, ${dice % 4}) as week
    ) as starts
  `);
  const coupon = pick(["", "", "OURS", "HERS"], again(dice + 1));
  const order = {
    offer_id: offerId,
    starts: arrayOf(wish!.starts),
    time_zone: "America/Chicago",
    coupon,
  };
  const bookingId = await allowed(run.database.rpc("request_series", order, client));
  if (bookingId === null) return false;

  const [checkout] = (await run.database.rpc(
    "checkout_details",
    { booking_id: bookingId },
    client,
  )) as Checkout[];
  const started = await startCheckout(
    { ...checkout!, hold_expires_at: checkout!.hold_expires_at! },
    await profileOf(run, client),
  );
  if (!started.ok) throw new Error("The checkout did not start.");
  await payWith(started.url, PAYS);
  // As a rule the coach hears of it before the time to answer is over.
  if (again(dice) % 3 > 0) await hearAll(run);
  return true;
};

/** What a coach sells to those whom they accept; one that is not there yet is put on sale. */
async function offerOnRequest(run: Run, coach: string): Promise<string> {
  const [offer] = await run.database.run<{ id: string }>(`
    with known as (
      select id from public.offers where coach_id = tests.coach_id('${coach}') and not is_instant
    ), made as (
      insert into public.offers (coach_id, kind, title, duration_minutes, price_cents, is_instant)
      select tests.coach_id('${coach}'), 'session', 'On request', 30, 7331, false
      where not exists (select from known)
      returning id
    )
    select id from known union all select id from made
  `);
  return offer!.id;
}

type Asked = { id: string; coach: string; dates: string[] };

/** A coach takes some of what is asked for, all of it, or nothing. */
export const answerRequest: Step = async (run, dice) => {
  const asked = await run.database.run<Asked>(`
    select (array_agg(bookings.id order by bookings.starts_at))[1] as id, coaches.slug as coach,
      array_agg(bookings.id::text order by bookings.starts_at) as dates
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    where private.shown_status(bookings) = 'requested'
    group by bookings.order_id, coaches.slug
    order by 1
  `);
  if (asked.length === 0) return false;
  const { id, coach, dates } = pick(asked, dice);
  const part = again(dice) % 2 ** dates.length;
  const taken = dates.filter((_, index) => part & (1 << index));
  await (taken.length === 0
    ? run.database.rpc("decline_request", { booking_id: id }, coach)
    : run.database.rpc("accept_request", { booking_id: id, session_ids: arrayOf(taken) }, coach));
  return true;
};

/** An array as Postgres reads it. */
function arrayOf(values: string[]): string {
  return `{${values.map((value) => `"${value}"`).join(",")}}`;
}
