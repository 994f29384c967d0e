import { Faker, en } from "@faker-js/faker";

import type { Database } from "../app/lib/database.types.ts";

type Tables = Database["public"]["Tables"];

/** A whole row of a table, without what the database fills in by itself. */
export type Row<Table extends keyof Tables> = Omit<
  Required<Tables[Table]["Insert"]>,
  "during" | "occasion_id" | "rating"
>;

type Options = {
  /** The same seed gives the same rows. */
  seed: number;
  /** What counts as now; every time in the rows is relative to it. */
  now: Date;
};

const DAY_MS = 86_400_000;

export type Factories = ReturnType<typeof createFactories>;

/**
 * Makes rows that every constraint accepts, whole and connected by id: nothing is written. Each
 * factory takes what the row belongs to and, last, what is to be different.
 *
 * Addresses end in .example and licence and NMLS numbers are of ranges that are not given out, so
 * that no row can be taken for a real person's.
 */
export function createFactories({ seed, now }: Options) {
  const faker = new Faker({ locale: [en], seed });

  /** An instant so many days from now, as the database takes it. */
  function daysFromNow(days: number): string {
    return new Date(now.getTime() + days * DAY_MS).toISOString();
  }

  function profile(overrides: Partial<Row<"profiles">> = {}): Row<"profiles"> {
    const id = faker.string.uuid();
    const joined = daysFromNow(-faker.number.int({ min: 200, max: 420 }));
    return {
      id,
      clerk_user_id: `user_${id.replaceAll("-", "")}`,
      kind: "realtor",
      first_name: faker.person.firstName(),
      last_name: `${faker.word.noun({ length: { min: 4, max: 6 } })}wick`.replace(/^./, upper),
      home_state: "OH",
      company: "Third Step Realty",
      time_zone: "America/New_York",
      quiet_from: null,
      quiet_until: null,
      onboarded_at: joined,
      created_at: joined,
      deleted_at: null,
      ...overrides,
    };
  }

  /** Where their mail goes: dana.fallowby@market.example. */
  function contact(person: Row<"profiles">): Row<"profile_contacts"> {
    const name = slugOf(`${person.first_name} ${person.last_name}`).replaceAll("-", ".");
    return {
      profile_id: person.id,
      email: `${name}@market.example`,
      source_updated_at: person.created_at,
      mail_stopped_at: null,
      mail_stopped_by: null,
      mail_confirmed_at: null,
    };
  }

  /** The licence of an agent, or the NMLS id of a loan officer. */
  function credential(person: Row<"profiles">): Row<"credentials"> {
    const isLender = person.kind === "loan_officer";
    return {
      id: faker.string.uuid(),
      profile_id: person.id,
      kind: isLender ? "nmls" : "state_license",
      state: isLender ? null : person.home_state,
      number: isLender ? `9999${faker.string.numeric(4)}` : `DEMO-${faker.string.numeric(6)}`,
      expires_on: isLender
        ? null
        : daysFromNow(faker.number.int({ min: 60, max: 900 })).slice(0, 10),
      verified_at: person.onboarded_at,
      created_at: person.created_at,
    };
  }

  function coach(
    person: Row<"profiles">,
    overrides: Partial<Row<"coaches">> & Pick<Row<"coaches">, "cancellation_policy_id">,
  ): Row<"coaches"> {
    const name = `${person.first_name} ${person.last_name}`;
    return {
      id: faker.string.uuid(),
      profile_id: person.id,
      slug: slugOf(name),
      display_name: name,
      headline: "One real appointment at a time",
      bio: "We take the conversation you are worried about and practice it until you are not.",
      states: [person.home_state ?? "OH"],
      specialties: ["listing-presentations"],
      languages: ["en"],
      years_in_business: faker.number.int({ min: 5, max: 25 }),
      time_zone: person.time_zone,
      status: "approved",
      applied_at: person.created_at,
      approved_at: person.created_at,
      suspended_at: null,
      created_at: person.created_at,
      updated_at: person.created_at,
      ...overrides,
    };
  }

  function offer(owner: Row<"coaches">, overrides: Partial<Row<"offers">> = {}): Row<"offers"> {
    return {
      id: faker.string.uuid(),
      lineage_id: faker.string.uuid(),
      version: 1,
      coach_id: owner.id,
      kind: "session",
      title: "Rehearse your next appointment",
      description: "You bring the appointment, I play the other side.",
      duration_minutes: 45,
      price_cents: 9_000,
      currency: "usd",
      seats: null,
      session_count: null,
      valid_months: null,
      instalments: null,
      deposit_sessions: null,
      billing_interval: null,
      sessions_a_month: null,
      trial_days: null,
      is_instant: true,
      created_at: owner.created_at,
      archived_at: null,
      ...overrides,
    };
  }

  /** A session that `client` booked: `startsAt` an instant, its length the offer's. */
  function booking(
    session: { client: Row<"profiles">; offer: Row<"offers">; orderId: string; startsAt: Date },
    overrides: Partial<Row<"bookings">> = {},
  ): Row<"bookings"> {
    const { client, offer, orderId, startsAt } = session;
    const endsAt = new Date(startsAt.getTime() + offer.duration_minutes * 60_000);
    return {
      id: faker.string.uuid(),
      order_id: orderId,
      position: 1,
      offer_id: offer.id,
      coach_id: offer.coach_id,
      client_id: client.id,
      status: "confirmed",
      starts_at: startsAt.toISOString(),
      ends_at: endsAt.toISOString(),
      sequence: 0,
      is_intro_call: false,
      group_date_id: null,
      is_name_shown: false,
      client_time_zone: client.time_zone,
      note: "",
      hold_expires_at: null,
      answer_by: null,
      confirmed_at: null,
      completed_at: null,
      is_attendance_decided: false,
      cancelled_at: null,
      cancelled_by: null,
      cancel_reason: null,
      moved_at: null,
      moved_by: null,
      refund_cap_cents: null,
      created_at: daysFromNow(0),
      ...overrides,
    };
  }

  /** What the client of a session says of its coach, shown already. */
  function review(
    session: Row<"bookings">,
    author: Row<"profiles">,
    overrides: Partial<Row<"reviews">> = {},
  ): Row<"reviews"> {
    return {
      id: faker.string.uuid(),
      booking_id: session.id,
      coach_id: session.coach_id,
      client_id: session.client_id,
      author_id: author.id,
      author_party: "client",
      author_name: `${author.first_name} ${(author.last_name ?? "").slice(0, 1)}.`,
      market_rating: 5,
      advice_rating: 5,
      worth_rating: 5,
      preparation_rating: null,
      openness_rating: null,
      follow_through_rating: null,
      body: "We practiced the call until it was boring, and then it worked.",
      created_at: session.ends_at,
      published_at: session.ends_at,
      reply: null,
      replied_at: null,
      removed_at: null,
      reply_removed_at: null,
      ...overrides,
    };
  }

  return { faker, now, daysFromNow, profile, contact, credential, coach, offer, booking, review };
}

/** A name as a part of an address: "Soo-ah Hanbaek" is "soo-ah-hanbaek". */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function upper(letter: string): string {
  return letter.toUpperCase();
}
