import type { Resource } from "../emulator.ts";
import { accountLinks } from "./account-links.ts";
import { accounts } from "./accounts.ts";
import { balanceTransactions } from "./balance-transactions.ts";
import { charges } from "./charges.ts";
import { checkoutSessions } from "./checkout-sessions.ts";
import { coupons } from "./coupons.ts";
import { customers } from "./customers.ts";
import { disputes } from "./disputes.ts";
import { events } from "./events.ts";
import { invoices } from "./invoices.ts";
import { paymentIntents } from "./payment-intents.ts";
import { paymentMethods } from "./payment-methods.ts";
import { payouts } from "./payouts.ts";
import { portalSessions } from "./portal-sessions.ts";
import { prices } from "./prices.ts";
import { products } from "./products.ts";
import { promotionCodes } from "./promotion-codes.ts";
import { refunds } from "./refunds.ts";
import { setupIntents } from "./setup-intents.ts";
import { subscriptions } from "./subscriptions.ts";
import { taxCalculations } from "./tax-calculations.ts";
import { transferReversals } from "./transfer-reversals.ts";
import { transfers } from "./transfers.ts";
import { webhookEndpoints } from "./webhook-endpoints.ts";

/** Every resource that the emulator serves. A new one is a file here and a line in this list. */
export const RESOURCES: Resource[] = [
  accountLinks,
  accounts,
  balanceTransactions,
  charges,
  checkoutSessions,
  coupons,
  customers,
  disputes,
  events,
  invoices,
  paymentIntents,
  paymentMethods,
  payouts,
  portalSessions,
  prices,
  products,
  promotionCodes,
  refunds,
  setupIntents,
  subscriptions,
  taxCalculations,
  transferReversals,
  transfers,
  webhookEndpoints,
];
