import { isReversal } from "../../../../supabase/functions/dispatch/topics/partial-capture.ts";
import type { News } from "../world.ts";
import { again, pick, type Run, type Step } from "./run.ts";

/** Something that Stripe told arrives: once, twice, or never. */
export const hear: Step = async (run, dice) => {
  run.waiting.push(...(await run.news()));
  if (run.waiting.length === 0) return false;
  for (let left = 1 + (dice % 4); left > 0 && run.waiting.length > 0; left -= 1) {
    const [news] = run.waiting.splice(again(dice + left) % run.waiting.length, 1);
    const way = again(dice * left) % 12;
    if (way === 0) continue; // Lost for good.
    await arrive(run, news!);
    if (way === 1) await arrive(run, news!);
  }
  return true;
};

/** All that Stripe told arrives, once and in order. */
export async function hearAll(run: Run): Promise<void> {
  run.waiting.push(...(await run.news()));
  for (const news of run.waiting.splice(0)) await arrive(run, news);
}

/** A step of which nobody tells us: all that Stripe says of it is lost. */
export function unheard(step: Step): Step {
  return async (run, dice) => {
    run.waiting.push(...(await run.news()));
    const has = await step(run, dice);
    await run.news();
    return has;
  };
}

/** What is refused for now is sent again later. */
async function arrive(run: Run, news: News): Promise<void> {
  if ((await run.functions.receive(news.body)) >= 500) run.waiting.push(news);
}

/** The functions work, and now and then Stripe fails them, before or after it has acted. */
export const work: Step = async (run, dice) => {
  if (dice % 5 === 0) {
    // Without the header the SDK itself would wait and ask again.
    const headers = { "stripe-should-retry": "false" };
    await run.fault({ kind: "status", status: 500, path: "^/v1/", headers });
  }
  if (dice % 21 === 1) await run.fault({ kind: "timeout-after-commit", path: "^/v1/" });
  await workOff(run);
  await run.withoutFaults();
  return true;
};

/** The time to object passes, what was earned is released and sent. */
export const release: Step = async (run) => {
  await run.pass(2_881);
  await run.runJobs();
  await workOff(run);
  return true;
};

/** Works off all that is to do for Stripe, also what is to be tried again later. */
export async function workOff(run: Run): Promise<void> {
  await run.database.run("update private.outbox set run_after = now() where status = 'pending'");
  await run.dispatch();
}

/** An admin gives some of a payment back in Stripe's dashboard. */
export const refundInStripe: Step = async (run, dice) => {
  const { data } = await run.stripe.charges.list({ limit: 100 });
  const left = data.filter(({ paid, captured, disputed, amount, amount_refunded: gone }) => {
    return paid && captured && !disputed && gone < amount;
  });
  if (left.length === 0) return false;
  const charge = pick(left, dice);
  const most = charge.amount - charge.amount_refunded;
  const amount = pick([most, Math.ceil(most / 2), Math.min(most, 1_001)], again(dice));
  // What the platform's balance does not cover is refused: an answer like any other.
  await run.stripe.refunds.create({ charge: charge.id, amount }).catch(() => {});
  return true;
};

/** A bank sends back what was refunded. */
export const refundFails: Step = async (run, dice) => {
  const { data } = await run.stripe.refunds.list({
    limit: 100,
    expand: ["data.balance_transaction"],
  });
  // What was not captured of a hold went nowhere.
  const made = data.filter((each) => each.status === "succeeded" && !isReversal(each));
  if (made.length === 0) return false;
  await run.control("fail-refund", { refund: pick(made, dice).id });
  return true;
};

/** What is asked again and again for as long as something is open, and need not find anything. */
const ASKED_AGAIN = ["account", "balance", "dispute", "payout", "subscription", "payment"]
  .map((what) => `'stripe.read_${what}'`)
  .concat("'stripe.expire_checkout'")
  .join(", ");

type Quiet = { after: string; pages: number };

/** Lets all that is on its way arrive, in any order, and all that is due be done, until nothing is. */
export async function settle(run: Run, dice: number): Promise<void> {
  await run.withoutFaults();
  let before = "";
  for (let isQuiet = false, round = 0; !isQuiet; round += 1) {
    if (round > 20) throw new Error("It does not settle.");
    await run.pass(61); // What waits for a payment is over, and what failed is tried again.
    await run.runJobs();
    await workOff(run);
    run.waiting.push(...(await run.news()));
    const [{ after, pages } = { after: "", pages: 0 }] = await run.database.run<Quiet>(`
      select concat_ws(
        ' ',
        count(*) filter (where topic not in (${ASKED_AGAIN})),
        count(*) filter (where topic not in (${ASKED_AGAIN}) and status = 'pending' and attempts > 0),
        (select count(*) from private.ledger_journals)
      ) as after,
      (
        select count(*)::integer from public.orders where status = 'pending' and checkout_expires_at > now()
      ) as pages
      from private.outbox where topic like 'stripe.%'
    `);
    // Of a page that is open it need not be known that it was paid.
    isQuiet = run.waiting.length === 0 && after === before && pages === 0;
    before = after;

    for (let left = run.waiting.length; left > 0; left -= 1) {
      const [news] = run.waiting.splice(again(dice + round) % run.waiting.length, 1);
      await arrive(run, news!);
    }
  }
}
