import { setTimeout as delay } from "node:timers/promises";

import { spawnChild } from "./child-process.ts";
import { ROOT } from "./paths.ts";
import type { Service } from "./service.ts";
import type { StackEnv } from "./stack-env.ts";

export type Site = Service & {
  /** Resolves with the exit code when the server has ended, for whatever reason. */
  exited: Promise<number>;
};

type SiteOptions = {
  env: StackEnv;
  /** `dev` serves the sources with hot reload, `start` what `npm run build` has built. */
  entry: "dev" | "start";
  /** Called with what the server prints. Left out, it goes to our own output. */
  onOutput?: (text: string) => void;
};

const START_TIMEOUT_MS = 60_000;
const GRACE_MS = 5_000;

/**
 * Starts the site beside a stack and waits until it answers.
 * @throws if it ends, or does not answer within a minute
 */
export async function startSite({ env, entry, onOutput }: SiteOptions): Promise<Site> {
  const nodeEnv = entry === "dev" ? "development" : "production";
  const server = spawnChild(process.execPath, [`app/server/${entry}.ts`], {
    cwd: ROOT,
    env: { ...process.env, ...env, NODE_ENV: nodeEnv },
    onOutput,
  });
  const site: Site = {
    name: "site",
    url: env.APP_ORIGIN,
    exited: server.exited,
    stop: () => server.stop(GRACE_MS),
  };

  try {
    await waitForAnswer(`http://127.0.0.1:${env.PORT}/healthz`, server.exited);
    return site;
  } catch (error) {
    await site.stop();
    throw error;
  }
}

async function waitForAnswer(url: string, exited: Promise<number>) {
  let exitCode: number | null = null;
  void exited.then((code) => (exitCode = code));

  for (const startedAt = Date.now(); Date.now() - startedAt < START_TIMEOUT_MS; await delay(100)) {
    if (exitCode !== null) throw new Error(`The site ended with code ${String(exitCode)}.`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    if (answer) return;
  }
  throw new Error(`The site did not answer at ${url} within ${START_TIMEOUT_MS / 1_000} seconds.`);
}
