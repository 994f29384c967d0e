import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

import { getRequestListener } from "@hono/node-server";
import postgres from "postgres";
import { WebSocketServer } from "ws";

import type { Service } from "../service.ts";
import type { TokenVerifier } from "../tokens.ts";
import { createAuthorizer } from "./authorization.ts";
import { createBroadcastApi } from "./broadcast-api.ts";
import { serveConnection } from "./connection.ts";
import type { Context } from "./context.ts";
import { relayDatabaseBroadcasts } from "./database-broadcasts.ts";
import { identify } from "./identity.ts";
import { createRooms } from "./rooms.ts";
import { realTimers, type Timers } from "./timers.ts";

type RealtimeOptions = {
  /** 0 takes any free port; the service's url tells which. */
  port: number;
  /** A role that may become those of the tokens, and writes realtime.messages past its policies. */
  databaseUrl: string;
  verifyToken: TokenVerifier;
  timers?: Timers;
  report?: Context["report"];
};

// Policy checks are short; more connections would only take them from the Data API.
const DATABASE_CONNECTIONS = 4;
// Supabase's limit on a free project is 256 KB, on others 3 MB.
const MAX_MESSAGE_BYTES = 3 * 1024 * 1024;
// Behind the gateway, or called directly.
const API_PREFIX = /^(\/realtime\/v1)(?=\/api\/)/;
const SOCKET_PATH = "/websocket";

/**
 * Serves Supabase Realtime: channels over WebSocket (broadcast and presence, private ones under the
 * row level security of realtime.messages), and what SQL sends with realtime.send.
 *
 * @returns the service; `stop` cuts all connections, and clients come back when it starts again
 * @throws when the port is taken or the database does not answer
 */
export async function startRealtime(options: RealtimeOptions): Promise<Service> {
  const { databaseUrl, verifyToken, timers = realTimers, report = reportToConsole } = options;

  const sql = postgres(databaseUrl, { max: DATABASE_CONNECTIONS, onnotice: () => undefined });
  const rooms = createRooms();
  const context: Context = {
    authorizer: createAuthorizer(sql),
    rooms,
    timers,
    verifyToken,
    report,
  };

  const api = createBroadcastApi(context);
  const listener = getRequestListener((request) => {
    const url = new URL(request.url);
    url.pathname = url.pathname.replace(API_PREFIX, "");
    return api.fetch(new Request(url, request));
  });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on("upgrade", (request, stream, head) => void upgrade(request, stream, head));

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (!pathname.endsWith(SOCKET_PATH)) return refuse(stream, "404 Not Found");

    const apiKey = searchParams.get("apikey") ?? "";
    const version = searchParams.get("vsn") === "2.0.0" ? "2.0.0" : "1.0.0";
    try {
      await identify(apiKey, verifyToken, timers.now());
    } catch {
      return refuse(stream, "401 Unauthorized");
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      serveConnection({ socket, version, apiKey, context });
    });
  }

  const [port, stopRelay] = await Promise.all([
    listen(server, options.port),
    relayDatabaseBroadcasts(sql, rooms, report),
  ]).catch(async (error: unknown) => {
    server.close();
    await sql.end({ timeout: 1 });
    throw error;
  });

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    for (const socket of sockets.clients) socket.terminate();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await stopRelay();
    await sql.end({ timeout: 1 });
  }

  return {
    name: "realtime",
    url: `http://127.0.0.1:${port}`,
    stop: () => (stopped ??= stop()),
  };
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
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

// The error's own words only: an object could hold a token or what somebody wrote.
function reportToConsole(what: string, error: unknown): void {
  console.warn(`realtime: ${what}: ${error instanceof Error ? error.message : "failed"}`);
}
