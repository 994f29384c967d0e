/**
 * npm run with-stack -- [--with-app] [--no-seed] <command…>
 *
 * Runs a command beside a throwaway stack: free ports, a fresh database, its addresses and keys in
 * the environment. With --with-app the built site runs as well, at APP_URL; with --no-seed there
 * is reference data but no demo market. Ends with the command's exit code; leaves nothing behind.
 */
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { Service } from "../supabase/local/service.ts";
import { startSite } from "../supabase/local/site.ts";
import { prepareStackDir } from "../supabase/local/stack-dir.ts";
import { freePorts } from "../supabase/local/stack-env.ts";
import { startStack } from "../supabase/local/stack.ts";
import { throwawayDir } from "../supabase/local/throwaway-dir.ts";
import { buildIfStale } from "./build-if-stale.ts";
import { keepLog } from "./keep-log.ts";

const { flags, command } = readArguments(process.argv.slice(2));
const withApp = flags.has("--with-app");
const dir = await throwawayDir();
const running: Pick<Service, "stop">[] = [];

// Until there is a command to tell, we just end: what has started ends with us.
let forward: (signal: NodeJS.Signals) => void = () => process.exit(1);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => forward(signal));

try {
  if (withApp) await buildIfStale();
  await prepareStackDir(dir, { seed: !flags.has("--no-seed") });

  const stack = await startStack({ dir, ports: await freePorts(), durable: false });
  running.push(stack);
  const env: Record<string, string> = { ...stack.env, STACK_LOGS: join(dir, "logs") };

  if (withApp) {
    const onOutput = keepLog(join(dir, "logs/site.log"));
    running.push(await startSite({ env: stack.env, entry: "start", onOutput }));
    env.APP_URL = stack.env.APP_ORIGIN;
  }
  process.exitCode = await run(command, env);
} finally {
  for (const part of running.reverse()) await part.stop();
  await rm(dir, { recursive: true, force: true });
}
process.exit();

/** Runs the command in our terminal; a signal for us is a signal for it. */
function run([program = "", ...argv]: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(program, argv, { stdio: "inherit", env: { ...process.env, ...env } });
  forward = (signal) => void child.kill(signal);

  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** Our own flags come first; everything from the first other word on is the command. */
function readArguments(words: string[]) {
  const start = words.findIndex((word) => !word.startsWith("--"));
  const split = start === -1 ? words.length : start;
  const flags = new Set(words.slice(0, split));
  const unknown = [...flags].filter((flag) => flag !== "--with-app" && flag !== "--no-seed");

  if (unknown.length > 0 || split === words.length) {
    console.error("Usage: npm run with-stack -- [--with-app] [--no-seed] <command…>");
    process.exit(2);
  }
  return { flags, command: words.slice(split) };
}
