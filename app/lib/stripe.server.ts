import Stripe from "stripe";

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
  });
  return known;
}

/**
 * Makes sure that an answer of Stripe is one: the SDK takes any body without an `error` key for a
 * success, whatever the status.
 *
 * @param answer what a call of the SDK gave
 * @returns the same
 * @throws Error for a status of 400 or more and for a body that is no Stripe object
 */
export function checkedAnswer<
  Answer extends { object: string; lastResponse: { statusCode: number; requestId: string } },
>(answer: Answer): Answer {
  const { statusCode, requestId } = answer.lastResponse;
  if (statusCode >= 400 || !answer.object) {
    throw new Error(`Stripe answered ${statusCode} without an object (${requestId})`);
  }
  return answer;
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
