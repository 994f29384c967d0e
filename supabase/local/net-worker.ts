import postgres from "postgres";

import type { Service } from "./service.ts";

type QueuedRequest = {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string> | null;
  body: Buffer | null;
  timeout_milliseconds: number;
};

type Outcome = {
  statusCode: number | null;
  contentType: string | null;
  headers: Record<string, string> | null;
  content: string | null;
  timedOut: boolean;
  errorMessage: string | null;
};

/** As on the platform, answers are kept for six hours. */
const KEEP_ANSWERS_HOURS = 6;
const AT_ONCE = 32;
const LOOK_EVERY_MS = 1_000;

/**
 * Does what the background worker of pg_net does: sends what is in net.http_request_queue and
 * writes the answers to net._http_response. A request leaves the queue in the statement that
 * records its answer, so a worker killed in between sends it again instead of losing it.
 * `databaseUrl` connects as the role `postgres`.
 */
export function startNetWorker(databaseUrl: string): Service {
  const sql = postgres(databaseUrl, {
    max: 4,
    onnotice: () => {},
    connection: { application_name: "pg_net" },
  });
  const inFlight = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  /** One look at a time; a wake-up that comes meanwhile is followed by another. */
  function wake() {
    lookAgain = true;
    looking ??= lookWhileNeeded().finally(() => (looking = null));
  }

  async function lookWhileNeeded() {
    while (lookAgain && !stopping.signal.aborted) {
      lookAgain = false;
      await look().catch(() => {}); // the server is going away, or has no queue yet
    }
  }

  async function look() {
    if (inFlight.size >= AT_ONCE) return; // whoever finishes looks again
    const busy = [...inFlight.keys()];
    const requests = await sql<QueuedRequest[]>`
      select id, method, url, headers, body, timeout_milliseconds
      from net.http_request_queue
      where id <> all (${busy}::bigint[])
      order by id
      limit ${AT_ONCE - busy.length}
    `;
    for (const request of requests) {
      const work = answer(request).finally(() => {
        inFlight.delete(request.id);
        wake();
      });
      inFlight.set(request.id, work);
    }
  }

  async function answer(request: QueuedRequest) {
    const outcome = await send(request, stopping.signal);
    // Cut off by our own end: the request stays queued, and is sent at the next start.
    if (stopping.signal.aborted && outcome.statusCode === null) return;
    await record(sql, request.id, outcome).catch(() => {});
  }

  const listening = sql.listen("net_wake", wake, wake).catch(() => {});
  const timer = setInterval(wake, LOOK_EVERY_MS);
  const cleaner = setInterval(() => void removeOldAnswers(sql), 60_000);

  return {
    name: "pg_net",
    url: databaseUrl,
    async stop() {
      clearInterval(timer);
      clearInterval(cleaner);
      stopping.abort();
      await listening;
      await looking;
      await Promise.all(inFlight.values());
      await sql.end({ timeout: 5 });
    },
  };
}

async function send(request: QueuedRequest, stopping: AbortSignal): Promise<Outcome> {
  const timeout = AbortSignal.timeout(request.timeout_milliseconds);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { "user-agent": "pg_net/0.20.0", ...request.headers },
      body: request.body && new Uint8Array(request.body),
      signal: AbortSignal.any([timeout, stopping]),
    });
    return {
      statusCode: response.status,
      contentType: response.headers.get("content-type"),
      headers: Object.fromEntries(response.headers),
      content: await response.text(),
      timedOut: false,
      errorMessage: null,
    };
  } catch (error) {
    const timedOut = timeout.aborted;
    const errorMessage = timedOut
      ? `Timeout of ${request.timeout_milliseconds} ms reached.`
      : describe(error);
    return {
      statusCode: null,
      contentType: null,
      headers: null,
      content: null,
      timedOut,
      errorMessage,
    };
  }
}

/** fetch hides what happened in the cause: "connect ECONNREFUSED", not "fetch failed". */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}

async function record(sql: postgres.Sql, id: string, outcome: Outcome): Promise<void> {
  await sql`
    with request as (
      delete from net.http_request_queue where id = ${id} returning id
    )
    insert into net._http_response (id, status_code, content_type, headers, content, timed_out, error_msg)
    select
      id, ${outcome.statusCode}, ${outcome.contentType}, ${sql.json(outcome.headers)},
      ${outcome.content}, ${outcome.timedOut}, ${outcome.errorMessage}
    from request
  `;
}

async function removeOldAnswers(sql: postgres.Sql): Promise<void> {
  await sql`
    delete from net._http_response where created < now() - make_interval(hours => ${KEEP_ANSWERS_HOURS})
  `.catch(() => {}); // the next minute is soon enough
}
