import { beginMembership, findMembershipTerms } from "~/features/memberships/memberships.server";
import { startMembership } from "~/features/memberships/start-membership.server";

import { createMembershipOffer } from "../../e2e/support/memberships.ts";
import type { Coach } from "../../e2e/support/people.ts";
import type { Client } from "./client.ts";
import { stripeGet, stripePost } from "./vendors.ts";

/** Somebody agrees to a membership that a coach puts on sale, and comes to the payment page. */
export async function agreeToMembership(
  client: Client,
  coach: Coach,
  overrides: Parameters<typeof createMembershipOffer>[1] = {},
): Promise<{ membershipId: string; page: string }> {
  const offer = await createMembershipOffer(coach, overrides);
  const terms = await findMembershipTerms(client.db, offer.id);
  const begun = await beginMembership(client.db, offer.id, terms!.words_sha256);
  if (!begun.ok) throw new Error(begun.error.message);
  const page = await startMembership(client.db, begun.value, client.person.profile.id);
  return { membershipId: begun.value, page: page! };
}

/** Changes the card that a membership is paid with, on Stripe's own page. */
export async function useCard(
  customer: string,
  subscription: string,
  number: string,
): Promise<void> {
  const session = await stripePost<{ url: string }>("/v1/billing_portal/sessions", { customer });
  const response = await fetch(`${session.url}/card`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: new URL(session.url).origin },
    body: new URLSearchParams({
      number,
      expiry: "12/34",
      cvc: "123",
      email: "x@example.com",
      name: "X",
    }),
  });
  await response.text();
  if (response.status !== 303) throw new Error(`The portal answered ${response.status}.`);
  await stripeGet(`/v1/subscriptions/${subscription}`);
}
