import {
  buyInInstalments,
  findInstalmentTerms,
  stopPlan,
} from "../../../../app/features/instalments/instalments.server.ts";
import { startPackageCheckout } from "../../../../app/features/orders/start-checkout.server.ts";
import { findPackage } from "../../../../app/features/packages/packages.server.ts";
import { CLIENTS, dbOf, profileOf } from "../people.ts";
import { CARDS, PAYS, payWith } from "./buying.ts";
import { declined, passUntilRetry } from "./cards.ts";
import { again, pick, type Run, type Step } from "./run.ts";
import { hearAll, unheard, workOff } from "./stripe.ts";

const OFFERS = ["in parts", "with a deposit"] as const;

/** Six sessions in three parts, and seven of which the first part pays four: of no part the shares divide evenly. */
export const INSTALMENT_SCENE = `
  select tests.create_package('in parts', coach => 'lena', sessions => 6, session_cents => 5333);
  update public.offers set instalments = 3 where id = tests.id('in parts');
  select tests.create_package('with a deposit', coach => 'lena', sessions => 7, session_cents => 5333);
  update public.offers set instalments = 4, deposit_sessions = 4 where id = tests.id('with a deposit')
`;

/** Somebody buys a package in parts, and pays the first with one card or another. */
export const buyParts: Step = async (run, dice) => {
  const page = await openParts(run, dice);
  if (!page) return false;
  await payWith(page, pick(CARDS, again(dice)), dice % 3 > 0);
  return true;
};

/** The same with a good card, and the news of it arrives. */
export const getParts: Step = async (run, dice) => {
  const page = await openParts(run, dice);
  if (!page) return false;
  await payWith(page, PAYS);
  await hearAll(run);
  return true;
};

async function openParts(run: Run, dice: number): Promise<string | null> {
  const client = pick(CLIENTS, dice);
  const db = dbOf(run, client);
  const name = pick(OFFERS, again(dice + 2));
  const [offer] = await run.database.run<{ id: string }>(`select tests.id('${name}') as id`);
  const terms = await findInstalmentTerms(db, offer!.id);
  if (!terms) return null; // Its coach has left.
  const bought = await buyInInstalments(db, {
    offerId: offer!.id,
    coupon: pick(["", "", "OURS", "HERS"], again(dice + 1)),
    wordsSha256: terms.words_sha256,
  });
  return bought.ok ? openPart(run, client, bought.value) : null;
}

async function openPart(run: Run, client: string, orderId: string): Promise<string> {
  const db = dbOf(run, client);
  const order = await findPackage(db, orderId);
  const started = await startPackageCheckout(order!, await profileOf(run, client));
  if (!started.ok) throw new Error("The checkout did not start.");
  return started.url;
}

/** The next part is due, or its card is tried again, and is charged; what was to do before is done. */
export const charge: Step = async (run, dice) => {
  const [next] = await run.database.run<{ minutes: number | null }>(`
    select ceil(extract(epoch from min(coalesce(private.next_try_at(orders.id), orders.due_at)) - now()) / 60)::integer as minutes
    from public.orders
    join public.payment_plans on payment_plans.id = orders.plan_id
    where orders.status = 'pending' and payment_plans.status in ('active', 'overdue')
  `);
  if (next?.minutes == null) return false;
  await run.runJobs();
  await workOff(run);
  await run.pass(Math.max(0, next.minutes));
  await run.runJobs();
  if (dice % 3 > 0) await workOff(run);
  return true;
};

/** Somebody opens the page of a part whose card was declined, and pays it with one card or another. */
export const payPart: Step = async (run, dice) => {
  const parts = await run.database.run<{ id: string; client: string }>(`
    select orders.id, people.name as client
    from public.orders join tests.fixtures as people on people.id = orders.client_id
    where orders.plan_position > 1 and private.is_payable(orders)
    order by orders.created_at, orders.id
  `);
  if (parts.length === 0) return false;
  const { id, client } = pick(parts, dice);
  await payWith(await openPart(run, client, id), pick(CARDS, again(dice)), dice % 3 > 0);
  return true;
};

/** The same, of one whose card is declined now if need be, and nobody tells us; then the card is tried again, or not. */
export const payPartUnheard: Step = async (run, dice) => {
  const isTried = again(dice) % 2 === 0;
  const once = dice - (dice % 15) + 5; // Charged once, and worked off.
  async function pay(): Promise<boolean> {
    if (isTried) await passUntilRetry(run);
    return unheard(payPart)(run, dice);
  }
  const has = (await pay()) || ((await declined(charge)(run, once)) && (await pay()));
  if (has && isTried) await charge(run, once);
  return has;
};

/** Somebody stops paying. */
export const stop: Step = async (run, dice) => {
  const plans = await run.database.run<{ id: string; client: string }>(`
    select payment_plans.id, people.name as client
    from public.payment_plans join tests.fixtures as people on people.id = payment_plans.client_id
    where payment_plans.status in ('active', 'overdue')
    order by payment_plans.created_at, payment_plans.id
  `);
  if (plans.length === 0) return false;
  const { id, client } = pick(plans, dice);
  const stopped = await stopPlan(dbOf(run, client), id);
  if (!stopped.ok) throw new Error(`stop: ${stopped.error.code}`);
  return true;
};
