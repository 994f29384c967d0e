import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { clerkIssuer } from "./clerk-issuer.ts";
import { startCronWorker, type CronWorker } from "./cron-worker.ts";
import { startDataApi } from "./data-api.ts";
import { startEdgeFunctions, type EdgeFunctions } from "./edge-functions.ts";
import { startEmulators } from "./emulators.ts";
import { readFunctionsConfig } from "./gateway-functions.ts";
import { startGateway } from "./gateway.ts";
import { createJwtSecret } from "./keys.ts";
import { startNetWorker } from "./net-worker.ts";
import { ROOT } from "./paths.ts";
import { createPlatformDataDir } from "./platform.ts";
import { startPostgres, type Postgres } from "./postgres.ts";
import { connectProject, updateProject } from "./project.ts";
import { startRealtime } from "./realtime/server.ts";
import type { Service } from "./service.ts";
import { projectEnv, stackEnv, type Ports, type StackEnv } from "./stack-env.ts";
import { readFileSizeLimit } from "./storage/config.ts";
import { startStorage } from "./storage/server.ts";
import { startStudio } from "./studio.ts";
import { createTokenVerifier } from "./tokens.ts";

export type Stack = {
  /** What a program beside the stack needs: keys and addresses. */
  env: StackEnv;
  /** For tests that kill a function while it works. */
  functions: EdgeFunctions;
  /** For tests that can't wait for a schedule; null in a quiet stack. */
  cron: CronWorker | null;
  /** Ends everything, last started first. Safe to call twice. */
  stop(): Promise<void>;
};

type StackOptions = {
  /** Where the database, files, the emulators' state and the logs live. Made if it is not there. */
  dir: string;
  ports: Ports;
  /** Whether data must survive a crash of the machine. */
  durable: boolean;
  /** Whether Edge Functions start anew when a file changes. */
  watch?: boolean;
  /** Whether nothing may happen by itself: no cron job runs and SQL calls no function. */
  quiet?: boolean;
};

const CONFIG = join(ROOT, "supabase/config.toml");

/**
 * Starts a local Supabase with the vendors' emulators, migrated and with reference data.
 * @throws if a part does not start; what had started is stopped.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dir, ports, quiet = false } = options;
  const running: Service[] = [];

  async function stop() {
    for (const service of running.splice(0).reverse()) await service.stop();
  }

  async function run<Part extends Service>(starting: Part | Promise<Part>): Promise<Part> {
    const service = await starting;
    running.push(service);
    return service;
  }

  try {
    const postgres = await run(startDatabase(options));
    const env = stackEnv(ports, postgres.databaseUrl());

    await allOf([...startEmulators(env, ports, dir).map(run), updateProject(env.DATABASE_URL)]);
    const functions = await run(startFunctions(env, options));
    await allOf(startPlatform(env, options, postgres).map(run));

    // Last: what these send needs everybody.
    if (!quiet) await connectProject(env);
    if (!quiet) await run(startNetWorker(env.DATABASE_URL));
    const cron = quiet ? null : await run(startCronWorker(env.DATABASE_URL));
    return { env, functions, cron, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Unlike Promise.all, waits for all even if one fails: what has started must be stopped. */
async function allOf(work: Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

async function startDatabase({ dir, ports, durable }: StackOptions): Promise<Postgres> {
  const dataDir = join(dir, "postgres");
  await mkdir(join(dir, "logs"), { recursive: true });
  if (!existsSync(dataDir)) await createPlatformDataDir(dataDir);

  const logFile = join(dir, "logs/postgres.log");
  return startPostgres({ dataDir, port: ports.postgres, durable, logFile });
}

function startFunctions(
  env: StackEnv,
  { dir, ports, watch }: StackOptions,
): Promise<EdgeFunctions> {
  return startEdgeFunctions({
    port: ports.functions,
    env: projectEnv(env),
    functionsDir: join(ROOT, "supabase/functions"),
    logFile: join(dir, "logs/functions.log"),
    watch,
  });
}

/** The other parts of Supabase behind its one address. */
function startPlatform(
  env: StackEnv,
  { dir, ports }: StackOptions,
  postgres: Postgres,
): Promise<Service>[] {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const jwtSecret = createJwtSecret();
  const identity = {
    publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
    secretKey: env.SUPABASE_SECRET_KEY,
    jwksUrl: `${at(ports.clerk)}/.well-known/jwks.json`,
    issuer: clerkIssuer(env.CLERK_PUBLISHABLE_KEY),
  };

  return [
    startDataApi({
      port: ports.dataApi,
      databaseUrl: postgres.databaseUrl("postgres", "authenticator"),
      catalogUrl: env.DATABASE_URL,
      jwtSecret,
    }),
    startRealtime({
      port: ports.realtime,
      databaseUrl: env.DATABASE_URL,
      verifyToken: createTokenVerifier(identity),
    }),
    startStorage({
      port: ports.storage,
      databaseUrl: env.DATABASE_URL,
      dir: join(dir, "storage"),
      jwtSecret,
      maxBytes: readFileSizeLimit(CONFIG),
    }),
    startStudio({
      port: ports.studio,
      databaseUrl: env.DATABASE_URL,
      snippetsDir: join(ROOT, "supabase/snippets"),
    }),
    startGateway({
      ...identity,
      port: ports.gateway,
      dataApiUrl: at(ports.dataApi),
      functionsUrl: at(ports.functions),
      realtimeUrl: at(ports.realtime),
      storageUrl: at(ports.storage),
      jwtSecret,
      functionsConfig: readFunctionsConfig(CONFIG),
    }),
  ];
}
