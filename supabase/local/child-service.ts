import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import type { Service } from "./service.ts";

/** How long a child may take to listen, in milliseconds: generous, for a busy machine. */
const START_TIMEOUT = 30_000;

/**
 * Runs a part of the stack in a Node process of its own. The child takes its options as its first
 * message, answers `{ port }` when it listens, and ends when the channel to its parent closes.
 * One that ends unasked is started again on the same port.
 *
 * @param name what to call it, also in errors
 * @param entry the file to run, relative to this folder
 * @param options sent as a message, so that secrets appear neither in arguments nor environment
 * @returns the running service
 * @throws when the child ends before it listens, or doesn't listen in 30 seconds
 */
export async function startChildService(
  name: string,
  entry: string,
  options: { port: number },
): Promise<Service> {
  let isStopping = false;
  const first = await start(name, entry, options);
  const { port } = first;
  let { child } = first;
  child.once("exit", restart);

  function restart(): void {
    if (isStopping) return;
    process.stderr.write(`${name} ended unexpectedly and is started again.\n`);
    start(name, entry, { ...options, port }).then(
      (started) => {
        child = started.child;
        child.once("exit", restart);
        if (isStopping) void end(child);
      },
      (error: unknown) => process.stderr.write(`${String(error)}\n`),
    );
  }

  return {
    name,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      isStopping = true;
      await end(child);
    },
  };
}

async function start(
  name: string,
  entry: string,
  options: { port: number },
): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL(entry, import.meta.url)), [], {
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    // Ctrl-C reaches a whole process group; the stack stops its parts in its own order.
    detached: true,
  });
  child.send(options);

  const timeout = AbortSignal.timeout(START_TIMEOUT);
  const listening = once(child, "message", { signal: timeout });
  const ended = once(child, "exit", { signal: timeout });
  // Only one of them decides; the other's timeout is nobody's business.
  listening.catch(() => undefined);
  ended.catch(() => undefined);
  try {
    const port = await Promise.race([
      listening.then(([message]) => (message as { port: number }).port),
      ended.then(() => Promise.reject(new Error("It ended before it listened."))),
    ]);
    return { child, port };
  } catch (error) {
    await end(child);
    throw new Error(`${name} did not start.`, { cause: error });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
