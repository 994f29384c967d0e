import {
  beginMembership,
  changePlan,
  decide,
  findMembershipTerms,
  listPlans,
  type Decision,
} from "../../../../app/features/memberships/memberships.server";
import { askStripe } from "../../../../app/features/memberships/decide.server";
import { startMembership } from "../../../../app/features/memberships/start-membership.server.ts";
import { CLIENTS, dbOf, profileOf } from "../people.ts";
import { KEPT_AND_DECLINED, PAYS, payWith } from "./buying.ts";
import { again, pick, type Run, type Step } from "./run.ts";
import { hearAll, release, workOff } from "./stripe.ts";

/**
 * What is on sale: two of one coach, between which one can change, and two of another: one that begins with a
 * trial, and one that is paid once a year.
 */
const MEMBERSHIPS = ["some sessions", "more sessions", "a trial", "a year"];

/** Prices that no share of divides evenly. */
export const MEMBERSHIP_SCENE = `
  select tests.create_membership_offer('some sessions', coach => 'maria', price_cents => 20333),
    tests.create_membership_offer('more sessions', coach => 'maria', price_cents => 31111, sessions_a_month => 3),
    tests.create_membership_offer('a trial', coach => 'lena', price_cents => 7777, sessions_a_month => 1, trial_days => 14),
    tests.create_membership_offer('a year', coach => 'lena', price_cents => 155555, sessions_a_month => 1, billing_interval => 'year');
  update public.cancellation_policies set no_show_fee_cents = 2501
`;

/** Somebody agrees to a membership and pays for it, with a card that is declined later or not. */
export const begin: Step = async (run, dice) => {
  const client = pick(CLIENTS, dice);
  const page = await openMembership(run, client, pick(MEMBERSHIPS, again(dice)));
  if (!page) return false;
  await payWith(page.url, dice % 2 === 0 ? KEPT_AND_DECLINED : PAYS);
  return true;
};

/** The same with a good card, and the news of it arrives. */
export const join: Step = async (run, dice) => {
  const page = await openMembership(run, pick(CLIENTS, dice), pick(MEMBERSHIPS, again(dice)));
  if (!page) return false;
  await payWith(page.url, PAYS);
  await hearAll(run);
  return true;
};

/**
 * Somebody agrees to a membership, and pays for it.
 *
 * @param name of its offer, a fixture
 * @returns its id
 */
export async function subscribe(run: Run, client: string, name: string): Promise<string> {
  const page = await openMembership(run, client, name);
  if (!page) throw new Error("The checkout did not start.");
  await payWith(page.url, PAYS);
  return page.membershipId;
}

/** Agrees to one and opens the page to pay, or the one that was opened before; null when that is refused. */
async function openMembership(
  run: Run,
  client: string,
  name: string,
): Promise<{ membershipId: string; url: string } | null> {
  const db = dbOf(run, client);
  const [offer] = await run.database.run<{ id: string }>(`select tests.id('${name}') as id`);
  await sell(run, offer!.id);
  const terms = await findMembershipTerms(db, offer!.id);
  if (!terms) return null; // Its coach has left.
  const begun = await beginMembership(db, offer!.id, terms.words_sha256);
  if (!begun.ok) return null;
  const url = await startMembership(db, begun.value, await profileOf(run, client));
  if (!url) throw new Error("The checkout did not start.");
  return { membershipId: begun.value, url };
}

/** Gives an offer its price at Stripe, as the site does when somebody wants it first. */
async function sell(run: Run, offerId: string): Promise<void> {
  const [offer] = await run.database.run<{
    title: string;
    cents: number;
    interval: "month" | "year";
  }>(`
    select offers.title, offers.price_cents as cents, offers.billing_interval as interval
    from public.offers join private.stripe_prices on stripe_prices.offer_id = offers.id
    where offers.id = '${offerId}' and stripe_prices.stripe_price_id = 'price ' || offers.title
  `);
  if (!offer) return;
  const price = await run.stripe.prices.create({
    currency: "usd",
    unit_amount: offer.cents,
    recurring: { interval: offer.interval },
    product_data: { name: offer.title },
  });
  await run.database.run(
    `update private.stripe_prices set stripe_price_id = '${price.id}' where offer_id = '${offerId}'`,
  );
}

/** The next renewal, end of a trial or try to charge a card again comes; what was to do before is done. */
export const renew: Step = async (run, dice) => {
  const seconds = await secondsToNextCharge(run);
  if (seconds === null) return false;
  await run.runJobs();
  await workOff(run);
  await run.pass(Math.max(0, Math.ceil(seconds / 60)));
  if (dice % 3 === 0) await hearAll(run);
  return true;
};

/** Somebody joins, a period passes and its coach is sent what it brought, without anything going wrong. */
export const earn: Step = async (run, dice) => {
  if (!(await join(run, dice)) || !(await renew(run, dice))) return false;
  await hearAll(run);
  return release(run, dice);
};

/** Somebody pays for a year, and it passes: all that renews meanwhile does so when its time comes. */
export const outlastYear: Step = async (run, dice) => {
  const page = await openMembership(run, pick(CLIENTS, dice), "a year");
  if (!page) return false;
  await payWith(page.url, dice % 3 === 0 ? KEPT_AND_DECLINED : PAYS);
  await hearAll(run);
  for (let left = 13; left > 0; left -= 1) await renew(run, dice);
  return true;
};

/** By Stripe's own clock; null when nothing renews. */
async function secondsToNextCharge({ stripe }: Run): Promise<number | null> {
  const { data: subscriptions } = await stripe.subscriptions.list({ limit: 100 });
  const { data: invoices } = await stripe.invoices.list({ status: "open", limit: 100 });
  const times = [
    ...subscriptions.map(({ items }) => items.data[0]?.current_period_end),
    ...invoices.map(({ next_payment_attempt: at }) => at),
  ].filter((at) => typeof at === "number");
  return times.length > 0 ? Math.min(...times) - Date.now() / 1000 : null;
}

/** Somebody decides about their membership; now and then the site does not reach Stripe with it. */
export function decideTo(decision: Decision): Step {
  return async (run, dice) => {
    const membership = await pickMembership(run, decision, dice);
    if (!membership) return false;
    const db = dbOf(run, membership.client);
    const decided = await decide(db, membership.id, decision);
    if (!decided.ok) throw new Error(`${decision}: ${decided.error.code}`);
    if (again(dice) % 4 > 0) await askStripe(db, membership.id);
    return true;
  };
}

/** Somebody changes to another membership of the same coach; it renews as that soon, or later. */
export const change: Step = async (run, dice) => {
  const membership = await pickMembership(run, "change_plan", dice);
  if (!membership) return false;
  const db = dbOf(run, membership.client);
  const [plan] = await listPlans(db, membership.id);
  if (!plan) return false;
  await sell(run, plan.offer_id);
  const { offer_id: offerId, words_sha256: wordsSha256 } = plan;
  const changed = await changePlan(db, { membershipId: membership.id, offerId, wordsSha256 });
  if (!changed.ok) throw new Error(`change: ${changed.error.code}`);
  if (again(dice) % 4 > 0) await askStripe(db, membership.id);
  if (dice % 2 === 0) await renew(run, dice);
  return true;
};

/** One about which this can be decided, and whose it is. */
async function pickMembership(run: Run, choice: string, dice: number) {
  const memberships = await run.database.run<{ id: string; client: string }>(`
    select memberships.id, people.name as client
    from public.memberships
    join tests.fixtures as people on people.id = memberships.client_id
    join public.profiles on profiles.id = memberships.client_id and profiles.deleted_at is null
    where '${choice}' = any (private.membership_choices(memberships)::text[])
    order by memberships.created_at, memberships.id
  `);
  return memberships.length > 0 ? pick(memberships, dice) : null;
}

/** Somebody pays by hand, on Stripe's own page, what could not be charged. */
export const payInvoice: Step = async (run, dice) => {
  const { data: invoices } = await run.stripe.invoices.list({ status: "open", limit: 100 });
  if (invoices.length === 0) return false;
  await payWith(pick(invoices, dice).hosted_invoice_url!, PAYS);
  return true;
};
