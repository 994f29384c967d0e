import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { getRequestListener, type HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";

import type { Service } from "../../supabase/local/service.ts";

/** What Hono's context carries here: the raw Node request, so that faults can cut its socket. */
export type EmulatorEnv = { Bindings: HttpBindings };

export type EmulatorApp = Hono<EmulatorEnv>;

type ServeOptions = {
  name: string;
  /** 0 takes any free port; the service's url tells which. */
  port: number;
  /** Runs before the port is closed, for example to write a snapshot. */
  beforeStop?: () => Promise<void> | void;
};

/**
 * Serves a Hono app on 127.0.0.1 as a part of the local stack.
 *
 * @returns the running service; `stop` cuts open connections, so a hung request can't hold it up
 * @throws when the port is taken
 */
export async function serve(app: EmulatorApp, options: ServeOptions): Promise<Service> {
  const listener = getRequestListener((request, env) => app.fetch(request, env));
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const port = await listen(server, options.port);

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await options.beforeStop?.();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  return {
    name: options.name,
    url: `http://127.0.0.1:${port}`,
    stop: () => (stopped ??= stop()),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // Loopback only: an emulator has no real authentication and must not face a network.
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * Emulators speak with secrets that are written in the repository. A real one here means that
 * someone pointed a live configuration at the local stack.
 *
 * @throws when a secret doesn't say that it is local
 */
export function refuseLiveSecrets(secrets: Record<string, string>): void {
  for (const [name, secret] of Object.entries(secrets)) {
    if (!/local|test/.test(secret)) {
      throw new Error(
        `${name} does not look like a local secret (it must contain "local" or "test"). ` +
          "Emulators refuse to start with real keys.",
      );
    }
  }
}
