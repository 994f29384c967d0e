import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { balanceOf, bookTransaction } from "./balance-transactions.ts";
import { failPayout, FAILING_BANK } from "./payout-failures.ts";

const DAY_SECONDS = 24 * 60 * 60;
const DAYS_UNTIL_ARRIVAL = 2;

const SUPPORTED = ["amount", "currency", "description", "metadata", "statement_descriptor"];

/**
 * Money that leaves Stripe for a bank: a connected account's every day by itself, or when asked; the
 * platform's own only when asked.
 */
export const payouts: Resource = {
  isPerAccount: true,
  routes: [
    route<Stripe.PayoutCreateParams>("POST /v1/payouts", create),
    route<Stripe.PayoutRetrieveParams>("GET /v1/payouts/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.PayoutListParams>("GET /v1/payouts", list),
  ],
  tick(emulator) {
    settleDue(emulator);
    const account = holder(emulator);
    if (account) payOutDaily(emulator, account);
  },
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.Payout>("payout");
}

/** Whose money it is; null for the platform, which can always be paid out. */
function holder(emulator: Emulator): Stripe.Account | null {
  if (!emulator.account) return null;
  return emulator.actingFor(null).records<Stripe.Account>("account").get(emulator.account);
}

function list(emulator: Emulator, params: Stripe.PayoutListParams) {
  onlyEmulated(params, ["status", "created", "limit", "starting_after", "ending_before"]);
  const matching = records(emulator)
    .all()
    .filter((payout) => params.status === undefined || payout.status === params.status);
  return listPage(matching, params, "/v1/payouts");
}

function create(emulator: Emulator, params: Stripe.PayoutCreateParams): Stripe.Payout {
  onlyEmulated(params, SUPPORTED);
  const account = holder(emulator);
  if (account && !account.payouts_enabled) {
    throw invalidRequest(
      "Cannot create payouts: this account has requirements that need to be met before it can be paid out.",
      { code: "payouts_not_allowed" },
    );
  }
  if (params.amount < 1) {
    throw invalidRequest("Invalid positive integer", {
      param: "amount",
      code: "parameter_invalid_integer",
    });
  }
  if (params.amount > balanceOf(emulator, "available")) {
    throw invalidRequest(
      "You have insufficient funds in your Stripe account for this transfer. Your card balance is too low. You can use the /v1/balance endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).",
      { code: "balance_insufficient", param: "amount" },
    );
  }
  return payOut(emulator, account, params, false);
}

function payOut(
  emulator: Emulator,
  account: Stripe.Account | null,
  params: Stripe.PayoutCreateParams,
  isAutomatic: boolean,
): Stripe.Payout {
  const id = newId("po_1");
  const created = emulator.clock.seconds();
  const transaction = bookTransaction(emulator, {
    type: "payout",
    source: id,
    amount: -params.amount,
    currency: params.currency,
    description: params.description ?? "STRIPE PAYOUT",
  });
  const payout = records(emulator).add({
    id,
    object: "payout",
    amount: params.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: created + DAYS_UNTIL_ARRIVAL * DAY_SECONDS,
    automatic: isAutomatic,
    balance_transaction: transaction.id,
    created,
    currency: params.currency,
    description: params.description ?? (isAutomatic ? "STRIPE PAYOUT" : null),
    destination: account?.external_accounts?.data[0]?.id ?? null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: changeMetadata({}, params.metadata),
    method: "standard",
    original_payout: null,
    payout_method: null,
    reconciliation_status: isAutomatic ? "completed" : "not_applicable",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: params.statement_descriptor ?? null,
    status: "in_transit",
    trace_id: { status: "pending", value: null },
    type: "bank_account",
  });
  emulator.emit("payout.created", payout);
  return payout;
}

/** Lets what has reached its bank be paid, or come back when that bank is one of those. */
function settleDue(emulator: Emulator): void {
  const now = emulator.clock.seconds();
  for (const payout of records(emulator).all()) {
    if (payout.status !== "in_transit" || payout.arrival_date > now) continue;
    if (bankOf(emulator, payout)?.last4 === FAILING_BANK.slice(-4)) {
      failPayout(emulator, payout.id);
      continue;
    }
    const paid = records(emulator).update(payout.id, {
      status: "paid",
      trace_id: { status: "supported", value: newId("", 12) },
    });
    emulator.emit("payout.updated", paid, { status: "in_transit" });
    emulator.emit("payout.paid", paid);
  }
}

function bankOf(emulator: Emulator, payout: Stripe.Payout): Stripe.BankAccount | null {
  const banks = holder(emulator)?.external_accounts?.data ?? [];
  const bank = banks.find(({ id }) => id === payout.destination);
  return bank?.object === "bank_account" ? bank : null;
}

function payOutDaily(emulator: Emulator, account: Stripe.Account): void {
  if (!account.payouts_enabled || account.settings?.payouts?.schedule.interval !== "daily") return;
  const now = emulator.clock.seconds();
  const [latest] = records(emulator).all();
  const today = Math.floor(now / DAY_SECONDS);
  const lastDay = Math.floor((latest?.created ?? account.created ?? 0) / DAY_SECONDS);
  const amount = balanceOf(emulator, "available");
  if (lastDay >= today || amount < 1) return;
  payOut(emulator, account, { amount, currency: account.default_currency ?? "usd" }, true);
}
