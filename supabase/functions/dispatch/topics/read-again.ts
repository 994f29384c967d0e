import { z } from "zod";

import { stripe, stripeError } from "../../_shared/stripe.ts";
import { readIntent } from "./read-intent.ts";

const PaymentSchema = z.object({ payment_intent_id: z.string() });
const RefundSchema = z.object({ stripe_refund_id: z.string() });
const DisputeSchema = z.object({ stripe_dispute_id: z.string() });
const AccountSchema = z.object({ stripe_account_id: z.string() });
const PayoutSchema = AccountSchema.extend({ stripe_payout_id: z.string() });

/** Reads what became of money that a bank holds: its webhook may be lost. */
export function readPayment(input: unknown): Promise<object> {
  const { payment_intent_id: id } = PaymentSchema.parse(input);
  return read(async () => readIntent(await stripe.paymentIntents.retrieve(id)));
}

/** Reads a refund: one that nobody told us of, or that has not ended. */
export function readRefund(input: unknown): Promise<object> {
  const { stripe_refund_id } = RefundSchema.parse(input);
  return read(async () => {
    const refund = await stripe.refunds.retrieve(stripe_refund_id, {
      expand: ["balance_transaction"],
    });
    const { id, status, amount, payment_intent, charge, metadata, balance_transaction } = refund;
    return { id, status, amount, payment_intent, charge, metadata, balance_transaction };
  });
}

/** Reads a dispute: one that nobody told us of, or that is open. */
export function readDispute(input: unknown): Promise<object> {
  const { stripe_dispute_id: id } = DisputeSchema.parse(input);
  return read(() => stripe.disputes.retrieve(id));
}

/** Reads how the account stands that a coach is paid to: what record_payout_account takes of it. */
export function readAccount(input: unknown): Promise<object> {
  const { stripe_account_id } = AccountSchema.parse(input);
  return read(async () => {
    const account = await stripe.accounts.retrieve(stripe_account_id);
    const { id, metadata, requirements, capabilities, payouts_enabled } = account;
    const banks = (account.external_accounts?.data ?? []).map((bank) => ({
      bank_name: "bank_name" in bank ? bank.bank_name : null,
      last4: bank.last4,
    }));
    return {
      id,
      metadata,
      requirements,
      capabilities,
      payouts_enabled,
      external_accounts: { data: banks },
    };
  });
}

/** Reads what became of a payout to a coach's bank. */
export function readPayout(input: unknown): Promise<object> {
  const { stripe_account_id: stripeAccount, stripe_payout_id } = PayoutSchema.parse(input);
  return read(async () => {
    const payout = await stripe.payouts.retrieve(stripe_payout_id, {}, { stripeAccount });
    const { id, status, amount, arrival_date, created, failure_code } = payout;
    return { id, status, amount, arrival_date, created, failure_code };
  });
}

async function read(call: () => Promise<object>): Promise<object> {
  try {
    return await call();
  } catch (error) {
    throw stripeError(error);
  }
}
