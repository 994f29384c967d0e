import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { withScratchServer } from "../../script/db/scratch.ts";
import { startCronWorker } from "./cron-worker.ts";
import { startNetWorker } from "./net-worker.ts";

let databaseUrl: string;
let sql: postgres.Sql;
let endScratchServer: () => void;
let scratchServer: Promise<void>;

beforeAll(async () => {
  await new Promise<void>((ready, fail) => {
    scratchServer = withScratchServer(async (server) => {
      databaseUrl = server.databaseUrl();
      ready();
      await new Promise<void>((end) => (endScratchServer = end));
    });
    scratchServer.catch(fail);
  });
  sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  await sql.unsafe("create extension pg_cron; create extension pg_net with schema extensions");
  await sql.unsafe(
    "create table public.runs (at timestamptz default now(), by text default current_user)",
  );
});

afterAll(async () => {
  await sql.end();
  endScratchServer();
  await scratchServer;
});

describe("pg_cron stand-in", () => {
  beforeEach(async () => {
    await sql`select cron.unschedule(jobid) from cron.job`;
    await sql`truncate cron.job_run_details, public.runs`;
  });

  it("runs a due job and records the run", async () => {
    await sql`select cron.schedule('tick', '1 second', 'insert into public.runs default values')`;
    const worker = startCronWorker(databaseUrl);
    await vi.waitFor(async () => {
      expect(await sql`select status, return_message from cron.job_run_details`).toContainEqual({
        status: "succeeded",
        return_message: "INSERT",
      });
    }, 30_000);
    await worker.stop();
    expect(await sql`select by from public.runs`).toContainEqual({ by: "postgres" });
  });

  it("runs a job on request, and records a failure with its reason", async () => {
    await sql`select cron.schedule('broken', '0 0 1 1 *', 'select 1 / 0')`;
    await sql`select cron.schedule('count', '0 0 1 1 *', 'select generate_series(1, 3)')`;
    const worker = startCronWorker(databaseUrl);

    expect(await worker.runNow("count")).toEqual({ status: "succeeded", returnMessage: "3 rows" });
    expect(await worker.runNow("broken")).toEqual({
      status: "failed",
      returnMessage: "ERROR:  division by zero",
    });
    await expect(worker.runNow("missing")).rejects.toThrow("no cron job named missing");
    await worker.stop();

    const runs =
      await sql`select status, end_time is not null as ended from cron.job_run_details order by runid`;
    expect([...runs]).toEqual([
      { status: "succeeded", ended: true },
      { status: "failed", ended: true },
    ]);
  });

  it("leaves alone what is not due, not active or unscheduled", async () => {
    await sql`select cron.schedule('later', '0 0 1 1 *', 'insert into public.runs default values')`;
    await sql`select cron.alter_job(cron.schedule('off', '1 second', 'insert into public.runs default values'), active => false)`;
    await sql`select cron.schedule('gone', '1 second', 'insert into public.runs default values')`;
    await sql`select cron.unschedule('gone')`;
    await sql`select cron.schedule('mark', '2 seconds', 'select 1')`;

    const worker = startCronWorker(databaseUrl);
    await vi.waitFor(
      async () => expect(await sql`select from cron.job_run_details`).toHaveLength(1),
      30_000,
    );
    await worker.stop();
    expect(await sql`select from public.runs`).toHaveLength(0);
  });
});

describe("pg_net stand-in", () => {
  beforeEach(async () => {
    await sql`truncate net.http_request_queue, net._http_response`;
  });

  it("sends what is queued and keeps the answer", async () => {
    const vendor = await startVendor((request, response) => {
      request
        .resume()
        .on("end", () =>
          response.writeHead(202, { "content-type": "text/plain" }).end(request.headers["x-key"]),
        );
    });
    const worker = startNetWorker(databaseUrl);
    await sql`select net.http_post(${vendor.url}, '{"a": 1}', '{}', '{"X-Key": "k", "Content-Type": "application/json"}')`;

    await vi.waitFor(async () => {
      const [answer] =
        await sql`select status_code, content_type, content, timed_out, error_msg from net._http_response`;
      expect(answer).toEqual({
        status_code: 202,
        content_type: "text/plain",
        content: "k",
        timed_out: false,
        error_msg: null,
      });
    }, 30_000);
    await worker.stop();
    vendor.server.close();
    expect(await sql`select from net.http_request_queue`).toHaveLength(0);
  });

  it("records that nobody answered, or not in time", async () => {
    const vendor = await startVendor(() => {}); // never answers
    const worker = startNetWorker(databaseUrl);
    await sql`select net.http_get('http://127.0.0.1:1/')`;
    await sql`select net.http_get(${vendor.url}, timeout_milliseconds => 50)`;

    await vi.waitFor(async () => {
      const answers =
        await sql`select timed_out, error_msg, headers from net._http_response order by id`;
      expect(answers).toHaveLength(2);
      expect(answers[0]).toMatchObject({
        timed_out: false,
        error_msg: expect.stringMatching(/.+/) as string,
        headers: null,
      });
      expect(answers[1]).toMatchObject({ timed_out: true, error_msg: "Timeout of 50 ms reached." });
    }, 30_000);
    await worker.stop();
    vendor.server.closeAllConnections();
    vendor.server.close();
  });

  it("loses no request when it is killed while sending", async () => {
    let requests = 0;
    const vendor = await startVendor((_request, response) => {
      requests += 1;
      if (requests > 1) response.end("ok"); // the first is still open when the worker dies
    });
    await sql`select net.http_get(${vendor.url}, timeout_milliseconds => 60000)`;

    const doomed = spawnWorker();
    await vi.waitFor(() => expect(requests).toBe(1), 30_000);
    doomed.kill("SIGKILL");
    await once(doomed, "exit");
    expect(await sql`select from net.http_request_queue`).toHaveLength(1);

    const worker = startNetWorker(databaseUrl);
    await vi.waitFor(
      async () =>
        expect(await sql`select content from net._http_response`).toEqual([{ content: "ok" }]),
      30_000,
    );
    await worker.stop();
    vendor.server.close();
    expect(requests).toBe(2);
  });
});

async function startVendor(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

function spawnWorker() {
  const module = fileURLToPath(new URL("./net-worker.ts", import.meta.url));
  const script = `import { startNetWorker } from ${JSON.stringify(module)};
    startNetWorker(process.env.DATABASE_URL);`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: "inherit",
  });
}
