import { newWorld, plays } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";
import { intent, reversal } from "../testing/stripe.ts";

const charge = {
  id: "ch_1",
  object: "charge",
  receipt_url: "https://stripe.test/r",
  amount_captured: 15000,
  balance_transaction: { id: "txn_1", object: "balance_transaction", amount: 15000, fee: 465 },
};
const invoice = {
  id: "in_1",
  object: "invoice",
  number: "W-1",
  hosted_invoice_url: "https://stripe.test/i",
  invoice_pdf: "https://stripe.test/i.pdf",
};

/** Stripe says what it has of a charge, and of its invoice. */
function playsCharge(latest_charge: unknown, invoices: object[]): void {
  newWorld();
  plays("GET /v1/payment_intents/pi_1", { ...intent, latest_charge });
  plays("GET /v1/invoice_payments", {
    object: "list",
    data: invoices.map((each) => ({ object: "invoice_payment", invoice: each })),
  });
}

Deno.test("of a charge, fee, receipt and invoice are recorded", async () => {
  playsCharge(charge, [invoice]);
  const work = { payment_intent_id: "pi_1" };
  const read = { charge_id: "ch_1", fee_cents: 465, receipt_url: "https://stripe.test/r" };
  const { number, hosted_invoice_url, invoice_pdf } = invoice;
  deepEqual((await workOff("stripe.read_charge", work)).result, {
    ...read,
    invoice: { number, hosted_invoice_url, invoice_pdf },
  });

  playsCharge(charge, []);
  deepEqual((await workOff("stripe.read_charge", work)).result, { ...read, invoice: null });
});

for (const missing of [null, { ...charge, balance_transaction: null }]) {
  Deno.test(`a charge that is ${missing ? "not booked" : "not there"} is read later`, async () => {
    playsCharge(missing, []);
    const { failure } = await workOff("stripe.read_charge", { payment_intent_id: "pi_1" });
    equal(failure?.is_permanent, false);
    match(failure?.error ?? "", /not booked/);
  });
}

const givenBack = {
  ...reversal,
  id: "re_theirs",
  balance_transaction: { ...reversal.balance_transaction, reporting_category: "refund" },
};

Deno.test("of a charge that was captured in part, the fee is that of the part", async () => {
  playsCharge({ ...charge, amount_captured: 10000 }, []);
  plays("GET /v1/refunds", { object: "list", data: [givenBack, reversal] });
  const { result } = await workOff("stripe.read_charge", { payment_intent_id: "pi_1" });
  equal((result as { fee_cents: number }).fee_cents, 320);
});

Deno.test("it is read later while what was not captured is not taken back yet", async () => {
  playsCharge({ ...charge, amount_captured: 10000 }, []);
  plays("GET /v1/refunds", { object: "list", data: [givenBack] });
  const { failure } = await workOff("stripe.read_charge", { payment_intent_id: "pi_1" });
  equal(failure?.is_permanent, false);
  match(failure?.error ?? "", /not captured of pi_1 is not booked/);
});
