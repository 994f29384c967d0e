/**
 * The files of `stripe/esm/resources` whose calls the contract holds. A resource that the
 * emulator is to speak about comes here first.
 */
export const SDK_RESOURCES = [
  "AccountLinks",
  "Accounts",
  "Balance",
  "BalanceTransactions",
  "BillingPortal/Sessions",
  "Charges",
  "Checkout/Sessions",
  "Coupons",
  "Customers",
  "Disputes",
  "Events",
  "InvoicePayments",
  "Invoices",
  "PaymentIntents",
  "PaymentMethods",
  "Payouts",
  "Prices",
  "Products",
  "PromotionCodes",
  "Refunds",
  "SetupIntents",
  "Subscriptions",
  "Tax/Calculations",
  "Transfers",
  "WebhookEndpoints",
];
