import type Stripe from "stripe";

import { invalidRequest, missingParam } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { money } from "../pages/money.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { balanceOf, bookTransaction } from "./balance-transactions.ts";

const SUPPORTED = [
  "amount",
  "currency",
  "destination",
  "source_transaction",
  "transfer_group",
  "description",
  "metadata",
];

/** Money that the platform passes on to connected accounts. */
export const transfers: Resource = {
  routes: [
    route<Stripe.TransferCreateParams>("POST /v1/transfers", create),
    route<Stripe.TransferRetrieveParams>("GET /v1/transfers/{id}", (emulator, _params, id) =>
      records(emulator).get(id),
    ),
    route<Stripe.TransferUpdateParams>("POST /v1/transfers/{id}", update),
    route<Stripe.TransferListParams>("GET /v1/transfers", list),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.Transfer>("transfer");
}

function list(emulator: Emulator, params: Stripe.TransferListParams) {
  const matching = records(emulator)
    .all()
    .filter(
      (transfer) =>
        (params.destination === undefined || transfer.destination === params.destination) &&
        (params.transfer_group === undefined || transfer.transfer_group === params.transfer_group),
    );
  return listPage(matching, params, "/v1/transfers");
}

function create(emulator: Emulator, params: Stripe.TransferCreateParams): Stripe.Transfer {
  onlyEmulated(params, SUPPORTED);
  refuseUnready(emulator, params.destination);
  const charge = params.source_transaction
    ? sourceOf(emulator, params.source_transaction, params.currency)
    : null;
  const amount = params.amount ?? charge?.amount_captured;
  if (amount === undefined) throw missingParam("amount");
  if (amount < 1) {
    throw invalidRequest("Invalid positive integer", {
      param: "amount",
      code: "parameter_invalid_integer",
    });
  }
  if (charge) refuseBeyondSource(emulator, charge, amount);
  else if (amount > balanceOf(emulator, "available")) throw insufficientBalance();

  const id = newId("tr_1");
  const transfer = records(emulator).add({
    id,
    object: "transfer",
    amount,
    amount_reversed: 0,
    balance_transaction: null,
    created: emulator.clock.seconds(),
    currency: params.currency.toLowerCase(),
    description: params.description ?? null,
    destination: params.destination,
    // The payment as the connected account sees it: the source of its balance transaction.
    destination_payment: newId("py_1"),
    livemode: false,
    metadata: changeMetadata({}, params.metadata),
    reversals: {
      object: "list",
      data: [],
      has_more: false,
      url: `/v1/transfers/${id}/reversals`,
    },
    reversed: false,
    source_transaction: charge?.id ?? null,
    source_type: "card",
    transfer_group: params.transfer_group ?? charge?.transfer_group ?? null,
  });
  moveMoney(emulator, transfer, charge);
  emulator.emit("transfer.created", transfer);
  return transfer;
}

/** Books a transfer on both sides; money of a charge follows that charge's availability. */
function moveMoney(
  emulator: Emulator,
  transfer: Stripe.Transfer,
  charge: Stripe.Charge | null,
): void {
  const source = charge && balanceTransactionOf(emulator, charge);
  const availableOn = source?.status === "pending" ? source.available_on : undefined;
  const { currency, description, amount } = transfer;
  const out = bookTransaction(emulator, {
    type: "transfer",
    source: transfer.id,
    amount: -amount,
    currency,
    description,
    availableOn,
  });
  bookTransaction(emulator.actingFor(idOf(transfer.destination) ?? ""), {
    type: "payment",
    source: idOf(transfer.destination_payment) ?? "",
    amount,
    currency,
    description,
    availableOn,
  });
  records(emulator).update(transfer.id, { balance_transaction: out.id });
}

function balanceTransactionOf(emulator: Emulator, charge: Stripe.Charge) {
  return emulator
    .records<Stripe.BalanceTransaction>("balance_transaction")
    .get(idOf(charge.balance_transaction) ?? "");
}

function refuseUnready(emulator: Emulator, destination: string): void {
  const account = emulator.records<Stripe.Account>("account").get(destination, "destination");
  if (account.capabilities?.transfers !== "active") {
    throw invalidRequest(
      "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
      { code: "insufficient_capabilities_for_transfer" },
    );
  }
}

function sourceOf(emulator: Emulator, id: string, currency: string): Stripe.Charge {
  const charge = emulator.records<Stripe.Charge>("charge").get(id, "source_transaction");
  if (charge.status !== "succeeded" || !charge.captured) {
    throw invalidRequest(
      `Charge ${id} can't be used as a source_transaction: its money was never taken.`,
      { param: "source_transaction" },
    );
  }
  if (charge.currency !== currency.toLowerCase()) {
    throw invalidRequest(
      `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${currency})`,
      { param: "currency" },
    );
  }
  return charge;
}

/** What was reversed may be transferred again, as after a dispute that was won. */
function refuseBeyondSource(emulator: Emulator, charge: Stripe.Charge, amount: number): void {
  const already = records(emulator)
    .all()
    .filter((transfer) => transfer.source_transaction === charge.id)
    .reduce((sum, transfer) => sum + transfer.amount - transfer.amount_reversed, 0);
  if (already + amount <= charge.amount_captured) return;
  const taken = money(already, charge.currency);
  throw invalidRequest(
    `Transfers using this transaction as a source must not exceed the source amount of ${money(charge.amount_captured, charge.currency)}. (There is already an amount of ${taken} in transfers using this source.)`,
    { param: "amount" },
  );
}

function insufficientBalance() {
  return invalidRequest(
    "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://stripe.com/docs/testing#available-balance",
    { code: "balance_insufficient" },
  );
}

function update(
  emulator: Emulator,
  params: Stripe.TransferUpdateParams,
  id: string,
): Stripe.Transfer {
  onlyEmulated(params, ["description", "metadata"]);
  const before = records(emulator).get(id);
  const previous = { metadata: before.metadata, description: before.description };
  const transfer = records(emulator).update(id, {
    description: params.description ?? before.description,
    metadata: changeMetadata(before.metadata, params.metadata),
  });
  emulator.emit("transfer.updated", transfer, previous);
  return transfer;
}
