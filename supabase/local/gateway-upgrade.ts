import type { IncomingMessage, Server } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/**
 * Passes WebSocket handshakes under /realtime/v1 to Realtime, byte for byte; from then on the two
 * ends speak to each other. Realtime checks the key and the tokens itself.
 *
 * @returns a function that cuts the open connections
 */
export function proxyUpgrades(server: Server, realtimeUrl: string): () => void {
  const target = new URL(realtimeUrl);
  const open = new Set<Duplex>();

  server.on("upgrade", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    if (!request.url?.startsWith("/realtime/v1/")) {
      client.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const upstream = connect(Number(target.port), target.hostname, () => {
      upstream.write(headOf(request));
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    tie(client, upstream, open);
  });

  return () => {
    for (const end of open) end.destroy();
  };
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** When one end breaks, so does the other. */
function tie(client: Duplex, upstream: Socket, open: Set<Duplex>): void {
  for (const [end, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    open.add(end);
    end.on("error", () => other.destroy());
    end.on("close", () => {
      open.delete(end);
      other.destroy();
    });
  }
}
