/*
 * The production server: `npm run build`, then `npm run start`. Serves the browser's files itself,
 * so it needs nothing in front of it but whatever terminates TLS.
 */
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import type { ServerBuild } from "@remix-run/node";
import { Hono } from "hono";
import { compress } from "hono/compress";

import { getLogger } from "../lib/logger.server.ts";
import { createSite, sitePort } from "./site.ts";

const SERVER_BUILD = new URL("../../build/server/index.js", import.meta.url);
const CLIENT_BUILD = fileURLToPath(new URL("../../build/client", import.meta.url));

/** How long open requests may take to finish once we are asked to stop. Milliseconds. */
const GRACE = 10_000;

// React picks its build by this when it is first imported, which is in the next line.
process.env.NODE_ENV ??= "production";
const build = (await import(SERVER_BUILD.href)) as ServerBuild;
const site = createSite(build, "production");
const server = createAdaptorServer({ fetch: createApp().fetch });

server.listen(sitePort(), () => getLogger().info({ port: sitePort() }, "site is up"));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

function createApp() {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(compress());
  // Names of built files carry a hash of their content: they never change.
  app.use("/assets/*", files("public, max-age=31536000, immutable"));
  app.all("/assets/*", (context) => context.text("Not found", 404));
  app.use(files("public, max-age=3600"));
  app.all("*", (context) => site(context.req.raw, context.env.incoming.socket.remoteAddress));
  return app;
}

function files(caching: string) {
  return serveStatic({
    root: CLIENT_BUILD,
    onFound: (_path, context) => {
      context.header("Cache-Control", caching);
      context.header("X-Content-Type-Options", "nosniff");
    },
  });
}

async function stop() {
  const closed = once(server, "close");
  server.close();
  setTimeout(() => process.exit(1), GRACE).unref();
  await closed;
  process.exit(0);
}
