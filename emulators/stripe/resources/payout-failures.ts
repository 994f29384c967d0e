import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { accountFiles, updateAccount } from "../connect/account-state.ts";
import type { Emulator } from "../emulator.ts";
import { bookTransaction } from "./balance-transactions.ts";

/** The number of Stripe's test bank account that sends every payout back. */
export const FAILING_BANK = "000111111116";

/**
 * The bank sends a payout back: the money is on the account again, and Stripe pays nothing out
 * until the holder names another bank account. The platform has named one.
 *
 * @param emulator acting for the payout's account
 * @throws StripeFailure when there is no such payout or it has failed already
 */
export function failPayout(emulator: Emulator, id: string): Stripe.Payout {
  const payouts = emulator.records<Stripe.Payout>("payout");
  const { status, amount, currency } = payouts.get(id);
  if (status === "failed") throw invalidRequest(`Payout ${id} is ${status}.`);

  const transaction = bookTransaction(emulator, {
    type: "payout_failure",
    source: id,
    amount,
    currency,
    description: "PAYOUT FAILURE",
  });
  const payout = payouts.update(id, {
    status: "failed",
    failure_balance_transaction: transaction.id,
    failure_code: "account_closed",
    failure_message: "The bank account has been closed.",
  });
  emulator.emit("payout.failed", payout);

  if (!emulator.account) return payout;
  const file = accountFiles(emulator).get(emulator.account);
  updateAccount(emulator, emulator.account, {
    answered: file.answered.filter((answer) => answer !== "external_account"),
  });
  return payout;
}
