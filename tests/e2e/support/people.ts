import { randomBytes, randomInt, randomUUID } from "node:crypto";

import { createFactories, type Row } from "../../factories.ts";
import { sql } from "./database.ts";
import { admin } from "./stack.ts";

const PASSWORD = "four quiet porches 61";

/** Somebody with an account who has said who they are. */
export type Person = {
  profile: Row<"profiles">;
  name: string;
  firstName: string;
  email: string;
  password: string;
};

/** Somebody with a listed practice: one offer, bookable at any hour. */
export type Coach = Person & { coach: Row<"coaches">; offer: Row<"offers"> };

/** A new address and password that nobody has used yet. */
export function newAccount(): { email: string; password: string } {
  return { email: `visitor.${randomBytes(6).toString("hex")}@market.example`, password: PASSWORD };
}

/**
 * Somebody new who can sign in at once.
 * @param overrides what is to be different in their profile
 */
export async function createPerson(overrides: Partial<Row<"profiles">> = {}): Promise<Person> {
  const factories = newFactories();
  const profile = factories.profile({ last_name: newLastName(), ...overrides });
  const { email } = factories.contact(profile);

  await admin("CLERK", "users", {
    id: profile.clerk_user_id,
    email,
    password: PASSWORD,
    first_name: profile.first_name,
    last_name: profile.last_name,
    bypass_client_trust: true,
  });
  await sql`insert into public.profiles ${sql(profile)}`;
  await sql`insert into public.profile_contacts ${sql(factories.contact(profile))}`;
  if (profile.kind !== "coach")
    await sql`insert into public.credentials ${sql(factories.credential(profile))}`;

  const name = `${profile.first_name} ${profile.last_name}`;
  return { profile, name, firstName: profile.first_name ?? "", email, password: PASSWORD };
}

/**
 * Somebody new with a listed practice, who can be booked around the clock.
 * @param overrides what is to be different in their practice
 */
export async function createCoach(overrides: Partial<Row<"coaches">> = {}): Promise<Coach> {
  const factories = newFactories();
  const person = await createPerson({ kind: "coach", time_zone: "America/Chicago" });
  const [policy] = await sql<{ id: string }[]>`
    select id from public.cancellation_policies where is_default
  `;
  const coach = factories.coach(person.profile, {
    cancellation_policy_id: policy!.id,
    states: ["OH", "TX"],
    ...overrides,
  });
  const offer = factories.offer(coach, { price_cents: 12_050 });
  const weekdays = [1, 2, 3, 4, 5, 6, 7];

  await sql`insert into public.coaches ${sql({ ...coach, status: "applied" })}`;
  await sql`insert into public.availability_settings ${sql({
    coach_id: coach.id,
    minimum_notice_minutes: 60,
    slot_step_minutes: 60,
    horizon_days: 60,
  })}`;
  await sql`insert into public.weekly_hours ${sql(
    weekdays.map((weekday) => ({
      id: randomUUID(),
      coach_id: coach.id,
      weekday,
      starts_at: "00:00",
      ends_at: "23:59",
    })),
  )}`;
  await sql`insert into public.offers ${sql(offer)}`;
  await sql`update public.coaches set status = ${coach.status} where id = ${coach.id}`;
  return { ...person, coach, offer };
}

function newFactories() {
  return createFactories({ seed: randomInt(2 ** 31), now: new Date() });
}

/** Nobody else's, so that a search finds exactly them. */
function newLastName(): string {
  const letters = [...randomBytes(6)].map((byte) => String.fromCharCode(97 + (byte % 26)));
  return `Wex${letters.join("")}`;
}
