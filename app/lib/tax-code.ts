/**
 * What we sell, for tax: "Training Services - Live Virtual" (https://docs.stripe.com/tax/tax-codes). The
 * functions say the same when they charge a saved card (supabase/functions/_shared/stripe-tax.ts).
 */
export const COACHING_TAX_CODE = "txcd_20060045";
