/*
 * The development server: the same handler as in production, with Vite's modules and hot reload
 * on the same port.
 */
import { createServer } from "node:http";

import { getRequestListener } from "@hono/node-server";
import type { ServerBuild } from "@remix-run/node";
import { createServer as createVite } from "vite";

import { getLogger } from "../lib/logger.server.ts";
import { createSite, sitePort } from "./site.ts";

const server = createServer();
const vite = await createVite({
  server: {
    middlewareMode: true,
    hmr: { server },
  },
  appType: "custom",
  clearScreen: false, // what ./script/dev printed above is worth keeping
});

const site = createSite(
  async () => (await vite.ssrLoadModule("virtual:remix/server-build")) as ServerBuild,
  "development",
);

server.on("request", (incoming, outgoing) => {
  const listener = getRequestListener((request) => site(request, incoming.socket.remoteAddress));
  vite.middlewares(incoming, outgoing, () => void listener(incoming, outgoing));
});
server.listen(sitePort(), () => getLogger().info({ port: sitePort() }, "site is up"));

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

async function stop() {
  server.closeAllConnections();
  await vite.close();
  process.exit(0);
}
