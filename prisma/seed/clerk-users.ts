import { DEMO_PASSWORD } from "../demo-sign-ins.ts";
import type { Member } from "./market.ts";

/**
 * Enters the market's people at the sign-in provider's emulator, so that one can sign in as anyone.
 * @throws if it does not take them
 */
export async function createClerkUsers(clerkUrl: string, members: Member[]): Promise<void> {
  const users = members.map(({ profile, email }) => ({
    id: profile.clerk_user_id,
    email,
    password: DEMO_PASSWORD,
    first_name: profile.first_name,
    last_name: profile.last_name,
    created_at: profile.created_at,
    bypass_client_trust: true,
  }));

  const response = await fetch(`${clerkUrl}/__admin/users`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(users),
  });
  if (!response.ok) throw new Error(`Clerk: ${response.status} ${await response.text()}`);
}
