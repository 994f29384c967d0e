import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Delivery = { body: string; signature: string };

export type Receiver = {
  url: string;
  /** Everything that came, the refused ones too, in order. */
  deliveries: Delivery[];
  /** The types of the events that came, in order. */
  types(): string[];
  /** Answers this many of the next deliveries with 500. */
  refuseNext(count: number): void;
  clear(): void;
  stop(): Promise<void>;
};

/** An endpoint for webhooks that keeps what it gets. */
export async function startReceiver(): Promise<Receiver> {
  let deliveries: Delivery[] = [];
  let refusals = 0;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      deliveries.push({
        body: Buffer.concat(chunks).toString(),
        signature: String(request.headers["stripe-signature"]),
      });
      response.statusCode = refusals > 0 ? 500 : 200;
      refusals = Math.max(0, refusals - 1);
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stripe`,
    get deliveries() {
      return deliveries;
    },
    types: () => deliveries.map(({ body }) => (JSON.parse(body) as { type: string }).type),
    refuseNext(count) {
      refusals = count;
    },
    clear() {
      deliveries = [];
      refusals = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
