import type postgres from "postgres";

import { createFactories } from "../factories.ts";
import { startPropertyServer } from "./property-server.ts";
import type { Week } from "./week.ts";

/** How a coach's calendar is cut into times. Minutes. */
export type Cut = { minutes: number; step: number; notice: number };

/** A slot in milliseconds since 1970. */
export type Slot = { startsAt: number; endsAt: number };

/** A migrated database with one coach in New York and one client. */
export type PracticeDatabase = {
  /** Gives the coach these hours and one offer of that length. */
  open(week: Week, cut: Cut): Promise<void>;
  /** What the site shows to a visitor, in milliseconds since 1970. */
  availableSlots(from: number, to: number): Promise<Slot[]>;
  /** Lets the client ask for each of these starts, alone, and take none. Null is accepted. */
  requestEach(starts: number[]): Promise<(string | null)[]>;
  stop(): Promise<void>;
};

export const COACH_ZONE = "America/New_York";

/**
 * Starts it on a server of its own.
 * @throws if it does not start or a migration fails
 */
export async function startPracticeDatabase(): Promise<PracticeDatabase> {
  const server = await startPropertyServer();
  const sql = server.connect();
  const { offer, client } = await prepare(sql);

  return {
    async open(week, { minutes, step, notice }) {
      const hours = week.map((block) => ({ ...block, coach_id: offer.coach_id }));
      await sql`delete from weekly_hours`;
      if (hours.length > 0) await sql`insert into weekly_hours ${sql(hours)}`;
      await sql`update offers set duration_minutes = ${minutes}`;
      await sql`
        update availability_settings set slot_step_minutes = ${step}, minimum_notice_minutes = ${notice}
      `;
    },

    async availableSlots(from, to) {
      const rows = await sql<{ starts_at: Date; ends_at: Date }[]>`
        select starts_at, ends_at
        from available_slots(${offer.id}, ${new Date(from)}, ${new Date(to)})
      `;
      return rows.map((row) => ({
        startsAt: row.starts_at.getTime(),
        endsAt: row.ends_at.getTime(),
      }));
    },

    async requestEach(starts) {
      const rows = await sql<{ refusal: string | null }[]>`
        select refusal
        from unnest(${starts.map((start) => new Date(start).toISOString())}::timestamptz[])
          with ordinality as wish (starts_at, position)
        cross join lateral property.request(${client.clerk_user_id}, ${offer.id}, starts_at) as refusal
        order by position
      `;
      return rows.map((row) => row.refusal);
    },

    stop: () => server.stop(),
  };
}

async function prepare(sql: postgres.Sql) {
  const factories = createFactories({ seed: 1, now: new Date() });
  const [policy] = await sql<{ id: string }[]>`select id from cancellation_policies`;
  const [owner, client] = [factories.profile(), factories.profile()];
  const coach = factories.coach(owner, {
    time_zone: COACH_ZONE,
    cancellation_policy_id: policy?.id ?? "",
  });
  const offer = factories.offer(coach);

  await sql`insert into profiles ${sql([owner, client])}`;
  await sql`insert into coaches ${sql(coach)}`;
  await sql`insert into offers ${sql(offer)}`;
  await sql`insert into availability_settings (coach_id, horizon_days) values (${coach.id}, 1000)`;

  return { offer, client };
}
