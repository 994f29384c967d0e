import { KEPT_AND_DECLINED, PAYS, payWith } from "./buying.ts";
import { again, pick, type Run, type Step } from "./run.ts";

/** A card whose bank wants to hear from its owner each time. */
const ASKS = "4000 0027 6000 3184";

/** Somebody chooses a card that can't be charged. */
export const chooseBadCard: Step = (run, dice) => choose(run, dice, KEPT_AND_DECLINED);

/** Somebody chooses another card for all that is to come, on Stripe's own page. */
export const chooseCard: Step = (run, dice) =>
  choose(run, dice, pick([KEPT_AND_DECLINED, PAYS, PAYS, ASKS], again(dice)));

/** The same with one that can't be charged; then `time` comes, a few times. */
export function declined(time: Step): Step {
  return async (run, dice) => {
    if (!(await choose(run, dice, pick([KEPT_AND_DECLINED, KEPT_AND_DECLINED, ASKS], again(dice)))))
      return false;
    let has = await time(run, dice);
    for (let left = dice % 5; left > 0; left -= 1) has = (await time(run, dice)) || has;
    return has;
  };
}

/** Half an hour until a declined card is tried again: a page that is opened now is still open then. */
export async function passUntilRetry(run: Run): Promise<void> {
  const [next] = await run.database.run<{ minutes: number | null }>(`
    select ceil(extract(epoch from min(private.next_try_at(orders.id)) - now()) / 60)::integer as minutes
    from public.orders
    where orders.status = 'pending' and private.failed_charges(orders.id) > 0
  `);
  if (next?.minutes != null && next.minutes > 30) await run.pass(next.minutes - 30);
}

async function choose(run: Run, dice: number, number: string): Promise<boolean> {
  const { data: customers } = await run.stripe.customers.list({ limit: 100 });
  if (customers.length === 0) return false;
  const { id: customer } = pick(customers, dice);
  const { url } = await run.stripe.billingPortal.sessions.create({ customer });
  await payWith(`${url}/card`, number);
  return true;
}
