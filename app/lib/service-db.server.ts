/*
 * The service key. It BYPASSES ROW LEVEL SECURITY: nothing here may take its arguments from a
 * person unchecked, and nothing that shows data to a person may use it. On the site it exists for
 * what people cause and must not control: rate limits, the security log, the tokens that Calendly
 * gave us for a coach, the ids by which Zoom tells who came, the account that
 * Stripe pays to, and what is made there: customers, payment pages, and the prices of memberships.
 */
import { createClient } from "@supabase/supabase-js";
import type Stripe from "stripe";

import type { Database, Json } from "./database.types.ts";
import { fetchWithTimeout } from "./db.server.ts";
import { toResult, type Result } from "./domain-error.ts";
import { getEnv } from "./env.server.ts";
import { getLogger } from "./logger.server.ts";

/**
 * Counts a try and says whether it is one too many.
 *
 * @param limit.bucket what is limited
 * @param limit.subject a digest of who is limited, never an address or e-mail itself
 * @param limit.max tries allowed within the window
 * @param limit.windowSeconds length of the window
 * @returns seconds until the next try is allowed, 0 when this one is. Also 0 when the database
 *   can't be asked: a limit that is down must not lock everybody out, and Clerk has its own.
 */
export async function takeRateLimit(limit: {
  bucket: string;
  subject: string;
  max: number;
  windowSeconds: number;
}): Promise<number> {
  const { bucket, subject, max, windowSeconds } = limit;
  const { data, error } = await attempt(() =>
    createServiceDb().rpc("take_rate_limit", {
      bucket,
      subject,
      max_hits: max,
      window_seconds: windowSeconds,
    }),
  );
  if (error) getLogger().error({ err: error, bucket }, "rate limit could not be checked");
  return error ? 0 : data;
}

/**
 * Writes to the security log. Never fails the request it is about.
 *
 * @param kind what happened, such as `sign_in_failed`
 * @param detail ids and digests; no e-mail, no token, nothing typed
 */
export async function recordSecurityEvent(
  kind: string,
  detail: { [key: string]: Json },
): Promise<void> {
  const { error } = await attempt(() =>
    createServiceDb().rpc("record_security_event", { kind, detail }),
  );
  if (error) getLogger().error({ err: error, kind }, "security event could not be recorded");
}

type CalendlyAccount = Omit<
  Database["public"]["Functions"]["connect_calendly"]["Args"],
  "profile_id"
>;

/**
 * Keeps a Calendly account that its owner has just allowed us to use.
 *
 * @param profileId who is signed in, as the session says
 * @param account what Calendly's own answers say; nothing that the person typed
 * @returns nothing, or OCNON, KCTWO
 */
export async function connectCalendly(
  profileId: string,
  account: CalendlyAccount,
): Promise<Result<undefined>> {
  return toResult(
    await createServiceDb().rpc("connect_calendly", { profile_id: profileId, ...account }),
  );
}

/**
 * Keeps the link that Zoom made for one person.
 *
 * @param registrant whose and for which meeting, as the database said, and what Zoom answered
 * @returns the link: the first that was kept
 * @throws Error when it could not be kept; without it nobody would know that they came
 */
export async function recordRegistrant(registrant: {
  meeting_id: string;
  profile_id: string;
  registrant_id: string;
  join_url: string;
}): Promise<string> {
  const { data, error } = await createServiceDb().rpc("record_registrant", registrant);
  if (error) throw new Error(`The way into a meeting could not be kept: ${error.message}`);
  return data;
}

/**
 * Keeps what Stripe says of the account that a coach is paid to.
 *
 * @param account Stripe's own answer, with our coach_id in its metadata
 * @throws Error when it could not be kept
 */
export async function recordPayoutAccount(account: Stripe.Account): Promise<void> {
  const { error } = await createServiceDb().rpc("record_payout_account", {
    account: account as unknown as Json,
  });
  if (error) throw new Error(`Where a coach is paid to could not be kept: ${error.message}`);
}

/**
 * Keeps the price that was made at Stripe for a membership offer.
 *
 * @param offerId the offer
 * @param priceId Stripe's own answer
 * @returns the price that counts: the first that was kept
 * @throws Error when it could not be kept
 */
export async function recordStripePrice(offerId: string, priceId: string): Promise<string> {
  const { data, error } = await createServiceDb().rpc("record_stripe_price", {
    offer_id: offerId,
    stripe_price_id: priceId,
  });
  if (error) throw new Error(`The price of a membership could not be kept: ${error.message}`);
  return data;
}

/**
 * Keeps the customer that was made at Stripe for somebody.
 *
 * @param profileId who is signed in, as the session says
 * @param customerId Stripe's own answer
 * @returns the customer that counts: the first that was kept
 * @throws Error when it could not be kept
 */
export async function recordStripeCustomer(profileId: string, customerId: string): Promise<string> {
  const { data, error } = await createServiceDb().rpc("record_stripe_customer", {
    profile_id: profileId,
    stripe_customer_id: customerId,
  });
  if (error) throw new Error(`A customer at Stripe could not be kept: ${error.message}`);
  return data;
}

/**
 * Remembers the payment page that was made at Stripe for an order, so that coming back leads to the same one.
 *
 * @param profileId who is signed in, as the session says
 * @param page Stripe's own answer, and whose order it is for
 * @returns the address of the page that counts: one that was noted before, if it is open; or OBNFD, OCHRG,
 *   OCOVR: then nobody may pay on the page that was made
 */
export async function recordCheckout(
  profileId: string,
  page: { orderId: string; sessionId: string; url: string; expiresAt: Date },
): Promise<Result<string>> {
  return toResult(
    await createServiceDb().rpc("record_checkout", {
      profile_id: profileId,
      order_id: page.orderId,
      checkout_session_id: page.sessionId,
      checkout_url: page.url,
      expires_at: page.expiresAt.toISOString(),
    }),
  );
}

/**
 * The same for an attempt to begin a membership.
 *
 * @param profileId who is signed in, as the session says
 * @param page Stripe's own answer, and whose attempt it is for
 * @throws Error when it could not be kept
 */
export async function recordMembershipCheckout(
  profileId: string,
  page: { membershipId: string; attempt: number; sessionId: string; url: string },
): Promise<void> {
  const { error } = await createServiceDb().rpc("record_membership_checkout", {
    profile_id: profileId,
    membership_id: page.membershipId,
    attempt: page.attempt,
    checkout_session_id: page.sessionId,
    checkout_url: page.url,
  });
  if (error) throw new Error(`A payment page could not be kept: ${error.message}`);
}

function createServiceDb() {
  const { SUPABASE_URL, SUPABASE_SECRET_KEY } = getEnv();
  return createClient<Database>(SUPABASE_URL, SUPABASE_SECRET_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: { fetch: fetchWithTimeout },
  });
}

/** supabase-js reports what the database refused; a broken connection it may throw. */
async function attempt<Value>(
  call: () => PromiseLike<
    { data: Value; error: null } | { data: null; error: { message: string } }
  >,
) {
  try {
    return await call();
  } catch (error) {
    return { data: null, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
