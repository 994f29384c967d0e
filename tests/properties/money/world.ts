import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";

import Stripe from "stripe";
import { vi } from "vitest";

import type { FaultInput } from "../../../emulators/shared/faults.ts";
import { startStripeEmulator } from "../../../emulators/stripe/server.ts";
import { ROOT } from "../../../supabase/local/paths.ts";
import { startMoneyDatabase, type MoneyDatabase } from "./database.ts";
import { loadFunctions, type Functions } from "./functions.ts";

/** Something that Stripe wants to tell. */
export type News = { id: string; type: string; body: string };

/**
 * Our database, our functions and a Stripe, without the network between them: news arrives when
 * and how a test says, jobs run when it says, and time passes by moving every instant back, ours and
 * Stripe's.
 */
export type World = {
  database: MoneyDatabase;
  functions: Functions;
  stripe: Stripe;
  /** Calls a control of the local Stripe. */
  control<Answer>(path: string, body?: object): Promise<Answer>;
  /** Makes the next call of Stripe go wrong. */
  fault(fault: FaultInput): Promise<void>;
  withoutFaults(): Promise<void>;
  /** What Stripe has told since this was asked last, oldest first. */
  news(): Promise<News[]>;
  /** Works off what is due for Stripe. */
  dispatch(): Promise<void>;
  /** Runs every job of cron once. */
  runJobs(): Promise<void>;
  /** Lets minutes pass. */
  pass(minutes: number): Promise<void>;
  /** A new world for each run, which leaves nothing behind. */
  alone(run: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

/** Jobs that have to do with neither sessions nor money, and the alarm: what it looks for is looked for here. */
const OTHER_JOBS =
  /calend|sweep|purge|next-times|slots|recording|queue-|reviews|rating|answer-times|leftover|dispatch|alert/;

/** What the site calls with its secret key goes over HTTP: our database answers it, too. */
function answerServiceCalls(projectUrl: string, database: MoneyDatabase): void {
  const { fetch } = globalThis;
  const calls = `${projectUrl}/rest/v1/rpc/`;
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(calls)) return fetch(input, init);
    const args = JSON.parse(init?.body as string) as Record<string, unknown>;
    return Response.json(await database.rpc(url.slice(calls.length), args));
  });
}

export async function startWorld(): Promise<World> {
  const database = await startMoneyDatabase();
  const { STRIPE_SECRET_KEY: secretKey = "", ...rest } = parseEnv(
    await readFile(join(ROOT, ".env.example"), "utf8"),
  ) as Record<string, string>;
  const emulator = await startStripeEmulator({ port: 0, secretKey, webhooks: [] });
  // That Stripe refuses something is an answer here, and nothing to write about.
  const settings = {
    ...rest,
    LOG_LEVEL: "silent",
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_API_BASE: emulator.url,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);

  answerServiceCalls(rest["SUPABASE_URL"] ?? "", database);

  const { hostname: host, port } = new URL(emulator.url);
  const stripe = new Stripe(secretKey, { host, port, protocol: "http", maxNetworkRetries: 0 });
  const functions = await loadFunctions(settings, (name, args) => database.rpc(name, args));
  let jobs: string[] = [];
  await database.undone(async () => {
    const rows = await database.run<{ jobname: string; command: string }>(
      "select jobname, command from cron.job order by jobname",
    );
    jobs = rows.filter(({ jobname }) => !OTHER_JOBS.test(jobname)).map(({ command }) => command);
  });

  async function control<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await fetch(
      `${emulator.url}/__admin/${path}`,
      body && { method: "POST", body: JSON.stringify(body) },
    );
    const answer = (await response.json()) as Answer;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  // Our endpoints ask Stripe for no others, which are half of all.
  const effects = await readFile(
    join(ROOT, "supabase/schemas/orders/functions/apply_stripe_event.sql"),
    "utf8",
  );
  const effective = new Set(Array.from(effects.matchAll(/'([a-z_.]+)'/g), ([, type]) => type));
  let heard = 0;

  return {
    database,
    functions,
    stripe,
    control,

    async fault(fault) {
      await control("faults", fault);
    },

    async withoutFaults() {
      await fetch(`${emulator.url}/__admin/faults`, { method: "DELETE" });
    },

    async news() {
      const { events } = await control<{ events: { event: News }[] }>("events");
      const all = events.map(({ event }) => event).reverse();
      // Whatever is told of a subscription has it read, so it is not named there.
      return all
        .slice(heard, (heard = all.length))
        .filter(({ type }) => effective.has(type) || type.startsWith("customer.subscription."));
    },

    async dispatch() {
      // Mails and meetings are others' business.
      await database.run("delete from private.outbox where topic not like 'stripe.%'");
      await functions.dispatch();
    },

    async runJobs() {
      for (const command of jobs) await database.run(command);
    },

    async pass(minutes) {
      await database.run(`select property.pass(${minutes})`);
      await control("pass", { seconds: minutes * 60 });
    },

    async alone(run) {
      heard = 0;
      await control("reset", {});
      await database.undone(run);
    },

    async stop() {
      await emulator.stop();
      await database.stop();
    },
  };
}
