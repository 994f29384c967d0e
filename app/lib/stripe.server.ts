import Stripe from "stripe";

import { answersOnly } from "../../supabase/functions/_shared/stripe-answers.ts";
import { getEnv } from "./env.server.ts";

/** A person waits for these answers. Milliseconds. */
const TIMEOUT = 10_000;

let known: Stripe | undefined;

/**
 * Stripe at its own address, or at the one of STRIPE_API_BASE. One client for the process: it holds
 * nothing of any person, and its connections are kept open.
 */
export function getStripe(): Stripe {
  const { STRIPE_SECRET_KEY, STRIPE_API_BASE } = getEnv();
  known ??= new Stripe(STRIPE_SECRET_KEY, {
    ...addressOf(STRIPE_API_BASE),
    timeout: TIMEOUT,
    // With an idempotency key, asking again is safe.
    maxNetworkRetries: 2,
    httpClient: answersOnly(Stripe.createNodeHttpClient()),
  });
  return known;
}

function addressOf(base: string | undefined): Stripe.StripeConfig {
  if (!base) return {};
  const url = new URL(base);
  const isPlain = url.protocol === "http:";
  return {
    host: url.hostname,
    port: url.port || (isPlain ? 80 : 443),
    protocol: isPlain ? "http" : "https",
  };
}
