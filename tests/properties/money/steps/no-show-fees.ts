import { findNoShowFeeCheckout } from "../../../../app/features/no-show-fees/no-show-fees.server.ts";
import { startFeeCheckout } from "../../../../app/features/orders/start-checkout.server.ts";
import { dbOf, profileOf } from "../people.ts";
import { CARDS, payWith } from "./buying.ts";
import { chooseBadCard, chooseCard, passUntilRetry } from "./cards.ts";
import { join } from "./memberships.ts";
import { useCredit } from "./packages.ts";
import { again, pick, type Run, type Step } from "./run.ts";
import { meetNext, object } from "./sessions.ts";
import { release, unheard, workOff } from "./stripe.ts";

/** Somebody does not come to a session of their membership, does not object, and is charged. */
export const miss: Step = async (run, dice) =>
  (await bookSession(run, dice)) && (await meetNext(run, "coach")) && release(run, dice);

/** Somebody was, or was not, at a session of their membership, and says that it was otherwise. */
export const meetAndObject: Step = async (run, dice) => {
  const who = pick(["both", "coach", "nobody"], again(dice));
  return (await bookSession(run, dice)) && (await meetNext(run, who)) && object(run, dice);
};

async function bookSession(run: Run, dice: number): Promise<boolean> {
  return (await useCredit(run, dice)) || ((await join(run, dice)) && useCredit(run, dice));
}

/** The same with a card that can't be charged. */
const missDeclined: Step = async (run, dice) => {
  await join(run, dice);
  await chooseBadCard(run, dice);
  return miss(run, dice);
};

/** A card is tried again that was declined for a fee; what was to do before is done. */
export const chargeFee: Step = async (run, dice) => {
  const [next] = await run.database.run<{ minutes: number | null }>(`
    select ceil(extract(epoch from min(private.next_try_at(order_id)) - now()) / 60)::integer as minutes
    from private.no_show_fees
    where private.no_show_fee_state(no_show_fees) = 'overdue'
  `);
  if (next?.minutes == null) return false;
  if (dice % 2 === 0) await chooseCard(run, dice);
  await run.pass(Math.max(0, next.minutes));
  await run.runJobs();
  await workOff(run);
  return true;
};

/** Somebody opens the page of a fee whose card was declined, and pays it with one card or another. */
export const payFee: Step = async (run, dice) => {
  const fees = await run.database.run<{ booking: string; client: string }>(`
    select bookings.id as booking, people.name as client
    from private.no_show_fees
    join public.bookings on bookings.id = no_show_fees.booking_id
    join public.orders on orders.id = no_show_fees.order_id
    join tests.fixtures as people on people.id = orders.client_id
    where private.no_show_fee_state(no_show_fees) = 'overdue' and not private.is_being_paid(orders)
    order by orders.created_at, orders.id
  `);
  if (fees.length === 0) return false;
  const { booking, client } = pick(fees, dice);
  const fee = await findNoShowFeeCheckout(dbOf(run, client), booking);
  const profile = await profileOf(run, client);
  const started = await startFeeCheckout(booking, fee!, profile);
  if (!started.ok) throw new Error("The checkout did not start.");
  await payWith(started.url, pick(CARDS, again(dice)), dice % 3 > 0);
  return true;
};

/** The same, of one that is declined now if need be, and nobody tells us; then the card is tried again, or not. */
export const payFeeUnheard: Step = async (run, dice) => {
  const isTried = again(dice) % 2 === 0;
  async function pay(): Promise<boolean> {
    if (isTried) await passUntilRetry(run);
    return unheard(payFee)(run, dice);
  }
  const has = (await pay()) || ((await missDeclined(run, dice)) && (await pay()));
  if (has && isTried) await chargeFee(run, dice);
  return has;
};

/** How many fees there are of each state. */
export async function countFees({ database }: Run): Promise<[name: string, count: number][]> {
  const rows = await database.run<{ name: string; count: number }>(`
    select 'fees ' || private.no_show_fee_state(no_show_fees) as name, count(*)::integer as count
    from private.no_show_fees group by 1
  `);
  return rows.map(({ name, count }) => [name, count]);
}
