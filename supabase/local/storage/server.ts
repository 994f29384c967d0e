import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { getRequestListener } from "@hono/node-server";
import postgres from "postgres";

import type { Service } from "../service.ts";
import { createStorageApi, type StorageContext } from "./api.ts";
import { createFileStore } from "./files.ts";
import { createObjects } from "./objects.ts";
import { createAddressSigner } from "./signed-address.ts";

type StorageOptions = Pick<StorageContext, "jwtSecret" | "maxBytes"> & {
  /** 0 takes any free port; the service's url tells which. */
  port: number;
  /** A role that may become those of the tokens, and passes row level security itself. */
  databaseUrl: string;
  /** Where the bytes live. */
  dir: string;
  /** The present, for tests that can't wait. */
  now?: () => Date;
  report?: StorageContext["report"];
};

// Rights are asked in short transactions; more connections would only take them from the Data API.
const DATABASE_CONNECTIONS = 4;

/**
 * Serves Supabase Storage: private objects, whose rights are the row level security of
 * storage.objects, and addresses that open one for a while.
 *
 * @throws when the port is taken
 */
export async function startStorage(options: StorageOptions): Promise<Service> {
  const { now = () => new Date(), report = reportToConsole } = options;
  const sql = postgres(options.databaseUrl, {
    max: DATABASE_CONNECTIONS,
    onnotice: () => undefined,
  });
  const api = createStorageApi({
    objects: createObjects(sql),
    files: createFileStore(options.dir),
    addresses: createAddressSigner(now),
    jwtSecret: options.jwtSecret,
    maxBytes: options.maxBytes,
    report,
  });
  const listener = getRequestListener(api.fetch);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const port = await listen(server, options.port).catch(async (error: unknown) => {
    await sql.end({ timeout: 1 });
    throw error;
  });

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await sql.end({ timeout: 1 });
  }
  return { name: "storage", url: `http://127.0.0.1:${port}`, stop: () => (stopped ??= stop()) };
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

// The error's own words only: an object could hold a token or what somebody uploaded.
function reportToConsole(what: string, error: unknown): void {
  console.warn(`storage: ${what}: ${error instanceof Error ? error.message : "failed"}`);
}
