import postgres from "postgres";

import { DEMO_EMAILS } from "../demo-sign-ins.ts";
import { createClerkUsers } from "./clerk-users.ts";
import { createMarket, type Market } from "./market.ts";
import { payUpcoming } from "./pay-upcoming.ts";
import { sellPackages } from "./sell-packages.ts";
import type { Terms } from "./session-rows.ts";
import { setUpPayouts } from "./set-up-payouts.ts";
import { subscribe } from "./subscribe.ts";
import { writeMarket } from "./write-market.ts";

export type SeedOptions = {
  databaseUrl: string;
  /** The emulators that hold the market's users and payments. */
  clerkUrl: string;
  stripeUrl: string;
  stripeKey: string;
  now: Date;
};

/**
 * Fills a migrated, empty local stack with the demo market, relative to `now`.
 * @throws if there is a market already, or a vendor's emulator does not answer
 */
export async function seedDemoMarket(options: SeedOptions): Promise<void> {
  const connection = postgres(options.databaseUrl, { max: 1, onnotice: () => {} });

  try {
    const market = createMarket({ now: options.now, ...(await readSettings(connection)) });
    await writeMarket(connection, market);
    // What was paid in the past of this market was never at Stripe.
    await connection`update private.platform_settings set books_begin_at = now()`;
    await createClerkUsers(options.clerkUrl, market.members);

    const upcoming = [
      ...market.sessions.filter(({ booking }) => booking.status === "confirmed"),
      ...market.groupSession.seats,
    ];
    const stripe = { url: options.stripeUrl, key: options.stripeKey, connection };
    await payUpcoming(
      upcoming.map(({ order, appointment: { client, offer } }) => ({
        order,
        title: offer.copy.title,
        clientName: `${client.first_name} ${client.last_name}`,
      })),
      stripe,
    );
    const coachId = coachOf(DEMO_EMAILS.maria, market);
    await setUpPayouts(coachId, stripe);
    const email = DEMO_EMAILS.dana;
    await subscribe({ coachId, clientId: profileOf(email, market), email }, stripe);
    await sellPackages(stripe);
  } finally {
    await connection.end();
  }
}

function profileOf(email: string, { members }: Market): string {
  const member = members.find((each) => each.email === email);
  if (!member) throw new Error(`The market has nobody with ${email}.`);
  return member.profile.id;
}

function coachOf(email: string, market: Market): string {
  const profileId = profileOf(email, market);
  const practice = market.practices.find(({ person }) => person.id === profileId);
  if (!practice) throw new Error(`The market has no coach ${email}.`);
  return practice.coach.id;
}

/** What the market takes from the reference data. */
async function readSettings(sql: postgres.Sql) {
  const [policy] = await sql<(Terms & { id: string })[]>`
    select cancellation_policies.id, full_refund_minutes, partial_refund_minutes,
      partial_refund_percent, client_move_minutes, client_moves, coach_move_minutes,
      platform_settings.fee_basis_points
    from public.cancellation_policies, private.platform_settings
    where is_default
  `;
  if (!policy) throw new Error("There is no reference data: run supabase/seed.sql first.");

  const hosts = await sql<{ zoom_user_id: string }[]>`
    select zoom_user_id from private.meeting_hosts where is_active order by zoom_user_id
  `;
  const { id, ...terms } = policy;
  return { terms, cancellationPolicyId: id, hostIds: hosts.map((host) => host.zoom_user_id) };
}
