import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { CACHE_DIR, ROOT } from "./paths.ts";

/** How long a function may take to listen, in milliseconds: generous, for a busy machine. */
const BOOT_TIMEOUT = 30_000;

const PRELOAD = fileURLToPath(new URL("./edge-functions-preload.ts", import.meta.url));

const DENO_ENV = { DENO_DIR: join(CACHE_DIR, "deno"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };

/** A Deno process that serves one function. */
export type Worker = {
  url: string;
  pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
};

export type WorkerOptions = {
  functionsDir: string;
  env: Record<string, string>;
  /** Called with each line that the function prints, on either stream. */
  onLine(line: string): void;
};

/**
 * Starts a function with the rights it has on the platform: the network, its variables and its own
 * files. npm packages come from node_modules; nothing is downloaded.
 *
 * @throws when it ends, or has not called `Deno.serve`, within 30 seconds
 */
export async function startWorker(name: string, options: WorkerOptions): Promise<Worker> {
  const { functionsDir, env, onLine } = options;
  const child = spawn(
    denoBinary(),
    [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-lock",
      "--no-check",
      "--cached-only",
      "--node-modules-dir=manual",
      "--allow-net",
      "--allow-env",
      `--allow-read=${functionsDir},${join(ROOT, "node_modules")}`,
      `--preload=${PRELOAD}`,
      join(functionsDir, name, "index.ts"),
    ],
    {
      cwd: functionsDir,
      env: { ...env, ...DENO_ENV } as Record<string, string> as NodeJS.ProcessEnv,
      stdio: ["pipe", "pipe", "pipe"],
      // Ctrl-C reaches a whole process group; the stack stops its parts in its own order.
      detached: true,
    },
  );
  child.stdin.on("error", () => undefined);
  createInterface(child.stderr).on("line", onLine);

  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const port = await listeningPort(child, exited, onLine).catch(async (error: unknown) => {
    child.kill("SIGKILL");
    await exited;
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    exited,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

async function listeningPort(
  child: ChildProcess,
  exited: Promise<void>,
  onLine: (line: string) => void,
): Promise<number> {
  if (!child.stdout) throw new Error("The function's output is not piped.");
  const lines = createInterface(child.stdout);
  const listening = new Promise<number>((resolve) => {
    lines.on("line", (line) => {
      const port = /^edge-function-port (\d+)$/.exec(line)?.[1];
      if (port) resolve(Number(port));
      else onLine(line);
    });
  });
  const timeout = AbortSignal.timeout(BOOT_TIMEOUT);
  return Promise.race([
    listening,
    exited.then(() => Promise.reject(new Error("It ended before it served."))),
    once(timeout, "abort").then(() => Promise.reject(new Error("It did not call Deno.serve."))),
  ]);
}

/** node_modules/.bin/deno is a Node script that waits for this; we need the pid of the real one. */
function denoBinary(): string {
  const require = createRequire(import.meta.url);
  const { runInstall } = require("deno/install_api.cjs") as { runInstall(): string };
  return runInstall();
}
