import type Stripe from "stripe";

import { invalidRequest, noSuch } from "../api/failure.ts";
import { idOf } from "../api/id-of.ts";
import { listPage } from "../api/list.ts";
import { changeMetadata } from "../api/metadata.ts";
import { newId } from "../api/new-id.ts";
import { onlyEmulated } from "../api/only-emulated.ts";
import { money } from "../pages/money.ts";
import { route, type Emulator, type Resource } from "../emulator.ts";
import { balanceOf, bookTransaction } from "./balance-transactions.ts";

type CreateParams = Stripe.TransferCreateReversalParams;

/** Money that comes back from connected accounts. */
export const transferReversals: Resource = {
  routes: [
    route<CreateParams>("POST /v1/transfers/{id}/reversals", create),
    route<Stripe.TransferListReversalsParams>(
      "GET /v1/transfers/{id}/reversals",
      (emulator, params, id) => {
        transfers(emulator).get(id);
        return listPage(reversalsOf(emulator, id), params, `/v1/transfers/${id}/reversals`);
      },
    ),
    route<Stripe.TransferRetrieveReversalParams>(
      "GET /v1/transfers/{id}/reversals/{id}",
      (emulator, _params, id, reversalId) => {
        const reversal = records(emulator).get(reversalId);
        if (reversal.transfer !== id) throw noSuch("transfer_reversal", reversalId);
        return reversal;
      },
    ),
  ],
};

function records(emulator: Emulator) {
  return emulator.records<Stripe.TransferReversal>("transfer_reversal");
}

function transfers(emulator: Emulator) {
  return emulator.records<Stripe.Transfer>("transfer");
}

function reversalsOf(emulator: Emulator, transferId: string): Stripe.TransferReversal[] {
  return records(emulator)
    .all()
    .filter((reversal) => reversal.transfer === transferId);
}

function create(emulator: Emulator, params: CreateParams, id: string): Stripe.TransferReversal {
  onlyEmulated(params, ["amount", "description", "metadata"]);
  const transfer = transfers(emulator).get(id);
  const left = transfer.amount - transfer.amount_reversed;
  const amount = params.amount ?? left;
  refuseImpossibleAmount(transfer, amount, left);

  // Money that isn't available yet comes back from what is pending, and stays pending here.
  const destination = emulator.actingFor(idOf(transfer.destination) ?? "");
  const out = emulator
    .records<Stripe.BalanceTransaction>("balance_transaction")
    .get(idOf(transfer.balance_transaction) ?? "");
  const isPending = out.status === "pending";
  if (balanceOf(destination, isPending ? "pending" : "available") < amount) {
    throw invalidRequest(
      `The connected account ${idOf(transfer.destination) ?? ""} has insufficient funds to reverse ${money(amount, transfer.currency)} of this transfer.`,
      { code: "balance_insufficient" },
    );
  }

  const reversal = newReversal(emulator, transfer, amount, params);
  const { currency } = transfer;
  const availableOn = isPending ? out.available_on : undefined;
  const description = params.description ?? null;
  const back = bookTransaction(emulator, {
    type: "transfer_refund",
    source: reversal.id,
    amount,
    currency,
    description,
    availableOn,
  });
  bookTransaction(destination, {
    type: "payment_refund",
    source: idOf(reversal.destination_payment_refund) ?? "",
    amount: -amount,
    currency,
    description,
    availableOn,
  });
  const noted = records(emulator).update(reversal.id, { balance_transaction: back.id });
  noteReversed(emulator, transfer, amount);
  return noted;
}

function newReversal(
  emulator: Emulator,
  transfer: Stripe.Transfer,
  amount: number,
  params: CreateParams,
): Stripe.TransferReversal {
  return records(emulator).add({
    id: newId("trr_1"),
    object: "transfer_reversal",
    amount,
    balance_transaction: null,
    created: emulator.clock.seconds(),
    currency: transfer.currency,
    destination_payment_refund: newId("pyr_1"),
    metadata: changeMetadata({}, params.metadata),
    source_refund: null,
    transfer: transfer.id,
  });
}

function noteReversed(emulator: Emulator, before: Stripe.Transfer, amount: number): void {
  const reversed = before.amount_reversed + amount;
  const data = reversalsOf(emulator, before.id);
  const transfer = transfers(emulator).update(before.id, {
    amount_reversed: reversed,
    reversed: reversed === before.amount,
    reversals: { ...before.reversals, data: structuredClone(data).slice(0, 10) },
  });
  emulator.emit("transfer.reversed", transfer);
}

function refuseImpossibleAmount(transfer: Stripe.Transfer, amount: number, left: number): void {
  if (left === 0) {
    throw invalidRequest(`Transfer ${transfer.id} has already been fully reversed.`);
  }
  if (amount < 1) {
    throw invalidRequest("Invalid positive integer", {
      param: "amount",
      code: "parameter_invalid_integer",
    });
  }
  if (amount > left) {
    throw invalidRequest(
      `Reversal amount (${money(amount, transfer.currency)}) is greater than the unreversed amount on the transfer (${money(left, transfer.currency)}).`,
      { param: "amount" },
    );
  }
}
