import { accountParams, submitOnboarding } from "../../../../emulators/stripe/test-kit.ts";
import { COACHES } from "../people.ts";
import { pick, type Run, type Step } from "./run.ts";
import { hearAll } from "./stripe.ts";

type Account = { coach_id: string; stripe_account_id: string | null };

async function accountOf({ database }: Run, coach: string): Promise<Account> {
  const [account] = await database.run<Account>(`
    select coaches.id as coach_id, payout_accounts.stripe_account_id
    from public.coaches left join public.payout_accounts on payout_accounts.coach_id = coaches.id
    where coaches.id = tests.coach_id('${coach}')
  `);
  return account!;
}

/** A coach's account, paid out by a step: the daily payout would come at a second of the test's own, not the story's. */
export function paidByHand(coachId: string) {
  const settings = { payouts: { schedule: { interval: "manual" as const } } };
  return accountParams({ metadata: { coach_id: coachId }, settings });
}

/** A coach tells Stripe where to be paid to; that it is complete is news, which arrives at once or not. */
export const onboard: Step = async (run, dice) => {
  const coach = pick(COACHES, dice);
  const known = await accountOf(run, coach);
  if (known.stripe_account_id) return false;

  const account = await run.stripe.accounts.create(paidByHand(known.coach_id));
  await run.database.rpc("record_payout_account", { account });
  await submitOnboarding(run.stripe, account.id);
  if (dice % 4 > 1) await hearAll(run);
  return true;
};

/** Stripe wants to know more of a coach, and stops what is sent to them. */
export const ask: Step = async (run, dice) => {
  const { stripe_account_id: account } = await accountOf(run, pick(COACHES, dice));
  if (!account) return false;
  await run.control("ask-account", { account, requirements: ["individual.verification.document"] });
  return true;
};

/** They answer. */
export const answer: Step = async (run, dice) => {
  const { stripe_account_id: account } = await accountOf(run, pick(COACHES, dice));
  if (!account) return false;
  await submitOnboarding(run.stripe, account);
  return true;
};

/** A coach's bank gets what Stripe holds for them: what is refunded later has to be found elsewhere. */
export const payOut: Step = async (run, dice) => {
  for (const coach of [pick(COACHES, dice), pick(COACHES, dice + 1)]) {
    const { stripe_account_id: account } = await accountOf(run, coach);
    if (!account) continue;
    const { available } = await run.stripe.balance.retrieve({}, { stripeAccount: account });
    const amount = available[0]?.amount ?? 0;
    if (amount <= 0) continue;
    // While Stripe asks for something it pays nothing out.
    const made = await run.stripe.payouts
      .create({ amount, currency: "usd" }, { stripeAccount: account })
      .catch(() => null);
    if (made) return true;
  }
  return false;
};
