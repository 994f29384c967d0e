import { startMembership } from "../../../../app/features/memberships/start-membership.server.ts";
import { dbOf } from "../people.ts";
import { PAYS, payWith } from "./buying.ts";
import type { Run } from "./run.ts";

/**
 * Somebody agrees to a membership that costs $200 a month, and pays for it.
 *
 * @param name of its offer, a fixture
 * @returns its id
 */
export async function subscribe(run: Run, client: string, name: string): Promise<string> {
  const [offer] = await run.database.run<{ id: string; client_id: string; sha: string }>(`
    select offers.id, tests.id('${client}') as client_id, terms.words_sha256 as sha
    from public.offers, public.membership_offer_terms(offers.id) as terms
    where offers.id = tests.id('${name}')
  `);
  const price = await run.stripe.prices.create({
    currency: "usd",
    unit_amount: 20_000,
    recurring: { interval: "month" },
    product_data: { name },
  });
  await run.database.run(
    `update private.stripe_prices set stripe_price_id = '${price.id}' where offer_id = '${offer!.id}'`,
  );
  const membershipId = (await run.database.rpc(
    "begin_membership",
    { offer_id: offer!.id, words_sha256: offer!.sha },
    client,
  )) as string;
  const page = await startMembership(dbOf(run, client), membershipId, offer!.client_id);
  if (!page) throw new Error("The checkout did not start.");
  await payWith(page, PAYS);
  return membershipId;
}
