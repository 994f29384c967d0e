import type Stripe from "stripe";

import { newId } from "../api/new-id.ts";

/** A bank account of a connected account's holder, from its number of digits only. */
export function newBankAccount(
  account: string,
  bank: { routingNumber: string; accountNumber: string; holder: string | null },
): Stripe.BankAccount {
  return {
    id: newId("ba_1"),
    object: "bank_account",
    account,
    account_holder_name: bank.holder,
    account_holder_type: "individual",
    account_type: null,
    available_payout_methods: ["standard"],
    bank_name: "STRIPE TEST BANK",
    country: "US",
    currency: "usd",
    default_for_currency: true,
    fingerprint: `local${bank.accountNumber.slice(-6)}`,
    future_requirements: null,
    last4: bank.accountNumber.slice(-4),
    metadata: {},
    requirements: null,
    routing_number: bank.routingNumber,
    status: "new",
  };
}
