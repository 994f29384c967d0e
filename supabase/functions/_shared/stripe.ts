import Stripe from "stripe";

import { env } from "./env.ts";
import { answersOnly } from "./stripe-answers.ts";
import { VENDOR_TIMEOUT_MS, VendorError } from "./vendor-error.ts";

/** Stripe at its own address, or at the one of STRIPE_API_BASE. */
export const stripe = new Stripe(env.STRIPE_SECRET_KEY, {
  ...address(env.STRIPE_API_BASE),
  timeout: VENDOR_TIMEOUT_MS,
  maxNetworkRetries: 1,
  httpClient: answersOnly(Stripe.createFetchHttpClient()),
});

/** Verifies with Web Crypto: the synchronous check does not exist in Deno. */
export const cryptoProvider = Stripe.createSubtleCryptoProvider();

function address(base: string | undefined): {
  host?: string;
  port?: string;
  protocol?: "http" | "https";
} {
  if (!base) return {};
  const url = new URL(base);
  const isPlain = url.protocol === "http:";
  return {
    host: url.hostname,
    port: url.port || (isPlain ? "80" : "443"),
    protocol: isPlain ? "http" : "https",
  };
}

/** What the SDK threw, as a vendor error: 400, 402, 403 and 404 will not get better. */
export function stripeError(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const status = error.statusCode ?? 0;
  return new VendorError(`stripe ${status} ${error.code ?? error.type}: ${error.message}`, {
    isPermanent: [400, 402, 403, 404].includes(status),
  });
}
