import { z } from "zod";

import type { Caller, Instance } from "./instance.ts";
import type { User } from "./model.ts";
import { hashSeedPassword } from "./passwords.ts";
import { userJson } from "./present-user.ts";
import { buildUser, normalizeEmail } from "./users.ts";

/** A user to have from the start. Field names as in Clerk's Backend API. */
export const SeedUserSchema = z.strictObject({
  /** Fixed ids let a seed of the database know its users beforehand. */
  id: z
    .string()
    .regex(/^user_\w+$/)
    .optional(),
  email: z.email(),
  password: z.string().min(8).optional(),
  first_name: z.string().nullable().optional(),
  last_name: z.string().nullable().optional(),
  external_id: z.string().nullable().optional(),
  /** Milliseconds since 1970, or ISO 8601. */
  created_at: z.union([z.int(), z.iso.datetime({ offset: true })]).optional(),
  /** Never asks this user for a code on a new browser, which suits demo sign-ins. */
  bypass_client_trust: z.boolean().optional(),
  /** Whether the webhook hears of it. */
  notify: z.boolean().default(false),
});

export type SeedUser = z.input<typeof SeedUserSchema>;

/**
 * Puts users in, in any number: each different password is hashed once. Seeding again replaces
 * who has the same id or address, so that a seed can be repeated.
 */
export async function seedUsers(
  instance: Instance,
  seeds: z.output<typeof SeedUserSchema>[],
  caller: Caller,
): Promise<User[]> {
  const byEmail = new Map(
    Object.values(instance.state.users).flatMap((user) =>
      user.emailAddresses.map(({ address }) => [address, user.id] as const),
    ),
  );

  const users: User[] = [];
  for (const seed of seeds) {
    const email = normalizeEmail(seed.email);
    const existingId = byEmail.get(email);
    if (existingId !== undefined && existingId !== seed.id) delete instance.state.users[existingId];

    const user = buildUser(instance, {
      id: seed.id ?? existingId,
      emailAddresses: [email],
      firstName: seed.first_name,
      lastName: seed.last_name,
      externalId: seed.external_id,
      passwordHash: seed.password ? await hashSeedPassword(seed.password) : null,
      bypassClientTrust: seed.bypass_client_trust,
      createdAt: seed.created_at === undefined ? undefined : new Date(seed.created_at).getTime(),
    });
    instance.state.users[user.id] = user;
    byEmail.set(email, user.id);
    if (seed.notify) instance.emit("user.created", userJson(instance, user), caller);
    users.push(user);
  }
  instance.changed();
  return users;
}
