import { appendFileSync, existsSync, watch, type FSWatcher } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { getRequestListener } from "@hono/node-server";
import { proxy } from "hono/proxy";

import { startWorker, type Worker } from "./edge-functions-worker.ts";
import type { Service } from "./service.ts";

type EdgeFunctionsOptions = {
  /** 0 takes any free port; the service's url tells which. */
  port: number;
  /** What functions find in their environment, and nothing else. */
  env: Record<string, string>;
  /** The folder of the functions: <name>/index.ts. */
  functionsDir: string;
  /** Where what they print goes. Left out, to our own error output. */
  logFile?: string;
  /** Whether functions start anew when a file changes. */
  watch?: boolean;
};

export type EdgeFunctions = Service & {
  /** The process that serves a function at this moment, for tests that kill it. */
  pidOf(name: string): number | null;
};

/**
 * Serves Edge Functions at /<name>, as the platform's runtime does behind its gateway. Each runs in
 * a Deno process of its own, started by the first request and again after it ended, however it did.
 *
 * A request that is being handled when its process dies is answered with 500 and never repeated:
 * nobody can know what it has done.
 *
 * GET /__admin/workers tells tests in another process which processes serve which functions.
 *
 * @throws when the port is taken
 */
export async function startEdgeFunctions(options: EdgeFunctionsOptions): Promise<EdgeFunctions> {
  const workers = new Map<string, Promise<Worker>>();
  const alive = new Map<string, Worker>();

  function workerFor(name: string): Promise<Worker> {
    const known = workers.get(name);
    if (known) return known;

    const starting = startWorker(name, {
      functionsDir: options.functionsDir,
      env: options.env,
      onLine: (line) => log(options.logFile, `[${name}] ${line}`),
    });
    workers.set(name, starting);
    const forget = () => {
      if (workers.get(name) === starting) workers.delete(name);
    };
    starting.then((worker) => {
      alive.set(name, worker);
      void worker.exited.then(() => {
        if (alive.get(name) === worker) alive.delete(name);
        forget();
      });
    }, forget);
    return starting;
  }

  function pids(): Record<string, number> {
    return Object.fromEntries([...alive].map(([name, worker]) => [name, worker.pid]));
  }

  async function handle(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/__admin/workers") return Response.json(pids());
    const name = /^\/([\w-]+)(\/|$)/.exec(pathname)?.[1];
    if (!name || !existsSync(join(options.functionsDir, name, "index.ts"))) {
      return answer(404, "NOT_FOUND", "Requested function was not found");
    }
    // Read first: a body that was partly sent to a process that is gone can't be sent again.
    const body = await request.arrayBuffer();

    for (let attempt = 1; ; attempt += 1) {
      let worker: Worker;
      try {
        worker = await workerFor(name);
      } catch (error) {
        log(options.logFile, `[${name}] ${String(error)}`);
        return answer(503, "BOOT_ERROR", "Function failed to start (please check logs)");
      }
      try {
        return await forward(request, body, worker);
      } catch (error) {
        // Refused means that nothing was sent: the process is gone and we hadn't heard yet.
        if (!isRefused(error) || attempt > 1) {
          return answer(500, "WORKER_ERROR", "Function exited due to an error (please check logs)");
        }
        await worker.stop();
      }
    }
  }

  async function stopWorkers(): Promise<void> {
    const stopping = [...workers.values()];
    workers.clear();
    await Promise.all(
      stopping.map((starting) =>
        starting.then(
          (worker) => worker.stop(),
          () => undefined,
        ),
      ),
    );
  }

  const listener = getRequestListener(handle);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const port = await listen(server, options.port);
  const watcher = options.watch ? restartOnChange(options.functionsDir, stopWorkers) : undefined;

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    watcher?.close();
    server.close();
    server.closeAllConnections();
    await stopWorkers();
  }
  return {
    name: "edge-functions",
    url: `http://127.0.0.1:${port}`,
    pidOf: (name) => alive.get(name)?.pid ?? null,
    stop: () => (stopped ??= stop()),
  };
}

function forward(request: Request, body: ArrayBuffer, worker: Worker): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of ["connection", "content-length", "host", "transfer-encoding"]) {
    headers.delete(name);
  }
  return proxy(new URL(pathname + search, worker.url), {
    method: request.method,
    headers,
    body: body.byteLength > 0 ? body : null,
    redirect: "manual",
  });
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}

function answer(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status });
}

/** Editors write a file in several steps; one restart for all of them. */
function restartOnChange(functionsDir: string, restart: () => Promise<void>): FSWatcher {
  let timer: NodeJS.Timeout | undefined;
  return watch(functionsDir, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void restart(), 50);
  });
}

function log(file: string | undefined, line: string): void {
  if (file) appendFileSync(file, `${line}\n`);
  else process.stderr.write(`${line}\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
