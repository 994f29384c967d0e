import type { Sql } from "postgres";

import type { JsonObject } from "./frames.ts";
import type { Rooms } from "./rooms.ts";

/** Where an insert into realtime.messages announces the new row's id. */
const NOTIFICATION = "realtime_messages";

type MessageRow = { id: string; topic: string; event: string; payload: unknown; private: boolean };

/**
 * Passes on the rows that SQL puts into realtime.messages, in the order of their commits. As on
 * Supabase nothing is kept for later: what is sent while nobody listens is not told again.
 *
 * @returns what ends it, resolved once it listens
 */
export async function relayDatabaseBroadcasts(
  sql: Sql,
  rooms: Rooms,
  report: (what: string, error: unknown) => void,
): Promise<() => Promise<void>> {
  let waiting: string[] = [];
  let relaying: Promise<void> | null = null;

  async function relayWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const ids = waiting;
      waiting = [];
      await relay(ids).catch((error: unknown) => report("a broadcast from the database", error));
    }
    relaying = null;
  }

  async function relay(ids: string[]): Promise<void> {
    // Rows without an event are not messages: policies are probed with such, and rolled back.
    const rows = await sql<MessageRow[]>`
      select id, topic, event, payload, private from realtime.messages
      join unnest(${ids}::uuid[]) with ordinality as announced (id, position) using (id)
      where event is not null and payload is not null
      order by announced.position
    `;
    for (const row of rows) {
      rooms.broadcast(row.topic, row.private, { payload: toPayload(row) });
    }
  }

  const { unlisten } = await sql.listen(NOTIFICATION, (id) => {
    waiting.push(id);
    relaying ??= relayWaiting();
  });

  return async function stop() {
    await unlisten();
    await relaying;
  };
}

function toPayload({ id, event, payload }: MessageRow): JsonObject {
  return { type: "broadcast", event, payload, meta: { id } };
}
