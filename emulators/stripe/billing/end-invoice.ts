import type Stripe from "stripe";

import { invalidRequest } from "../api/failure.ts";
import type { Emulator } from "../emulator.ts";
import { finalizeInvoice } from "./create-invoice.ts";

type Invoice = Stripe.Invoice;

/**
 * Gives an invoice up: it is void, or its money is not expected any more.
 *
 * @throws StripeFailure when it is paid, or void already
 */
export function voidInvoice(
  emulator: Emulator,
  id: string,
  status: "void" | "uncollectible",
): Invoice {
  const invoices = emulator.records<Invoice>("invoice");
  const known = invoices.get(id);
  if (known.status !== "draft" && known.status !== "open") {
    throw invalidRequest(`This invoice is ${known.status} and can't become ${status}.`);
  }
  const open = known.status === "draft" ? finalizeInvoice(emulator, known) : known;
  const now = emulator.clock.seconds();
  const invoice = invoices.update(id, {
    amount_remaining: status === "void" ? 0 : open.amount_remaining,
    next_payment_attempt: null,
    status,
    status_transitions: {
      ...open.status_transitions,
      ...(status === "void" ? { voided_at: now } : { marked_uncollectible_at: now }),
    },
  });
  emulator.emit(status === "void" ? "invoice.voided" : "invoice.marked_uncollectible", invoice);
  return invoice;
}
