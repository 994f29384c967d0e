import postgres from "postgres";

import { median } from "./measure.ts";
import { REMINDERS_CALL } from "./searches.ts";

/** What loadSessions makes due: 2,500 sessions, two parties, by mail and in the app. */
const DUE = 10_000;
const SESSIONS_AHEAD = 100_000;
const ROUNDS = 5;
/** Each session that is due is looked at once for each of its four rules, told or not; and a few that ended. */
const ROWS_AT_MOST = 1.1 * DUE;

/** Queueing 10,000 due reminders among 100,000 sessions ahead, and the run a minute later. Milliseconds. */
export type Reminders = {
  due: number;
  again: number;
  /** Rows of bookings that the second run looked at. */
  rowsRead: number;
};

/**
 * Times the job that queues what is due, each round undone again.
 * @param databaseUrl a database with loadCoaches and loadSessions
 * @throws if it does not queue what is due, or reads bookings that are not
 */
export async function measureReminders(databaseUrl: string): Promise<Reminders> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const due: number[] = [];
  const again: number[] = [];
  try {
    const [ahead] = await sql`
      select count(*)::integer from bookings where status = 'confirmed' and starts_at > now()
    `;
    if (ahead?.["count"] < SESSIONS_AHEAD) throw new Error("Too few sessions are ahead.");

    let rowsRead = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      await sql.unsafe("begin");
      due.push(await timed(() => sql.unsafe(REMINDERS_CALL.statement)));
      const [queued] = await sql`
        select count(*)::integer from private.outbox
        join notifications on notifications.id = (outbox.payload ->> 'notification_id')::uuid
        where notifications.kind = 'session_reminder'
      `;
      if (queued?.["count"] !== DUE) throw new Error(`${queued?.["count"]} reminders are queued.`);
      const before = await rowsOfBookings(sql);
      again.push(await timed(() => sql.unsafe(REMINDERS_CALL.statement)));
      rowsRead = (await rowsOfBookings(sql)) - before;
      await sql.unsafe("rollback");
    }
    if (rowsRead > ROWS_AT_MOST) throw new Error(`It reads ${rowsRead} rows of bookings.`);
    return { due: median(due), again: median(again), rowsRead };
  } finally {
    await sql.end();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** How many rows of bookings this transaction has read so far, by whatever way. */
async function rowsOfBookings(sql: postgres.Sql): Promise<number> {
  const [read] = await sql<[{ rows: number }]>`
    select (seq_tup_read + idx_tup_fetch)::integer as rows
    from pg_stat_xact_user_tables where relid = 'bookings'::regclass
  `;
  return read.rows;
}
