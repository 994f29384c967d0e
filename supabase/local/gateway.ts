import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono, type Context } from "hono";
import { cors } from "hono/cors";
import { proxy } from "hono/proxy";

import type { FunctionsConfig } from "./gateway-functions.ts";
import { createTokenSigner, GatewayRefusal, identifyRequest } from "./gateway-identity.ts";
import { proxyUpgrades } from "./gateway-upgrade.ts";
import type { ApiKeys } from "./keys.ts";
import type { Service } from "./service.ts";
import { createTokenVerifier, TokenError } from "./tokens.ts";

type GatewayOptions = ApiKeys & {
  /** 0 takes any free port; the service's url tells which. */
  port: number;
  dataApiUrl: string;
  functionsUrl: string;
  realtimeUrl: string;
  storageUrl: string;
  /** Where the identity provider publishes its keys, and the `iss` of its tokens. */
  jwksUrl: string;
  issuer: string;
  /** Shared with the Data API and Storage. */
  jwtSecret: string;
  functionsConfig: FunctionsConfig;
  /** The present, for tests that can't wait. */
  now?: () => Date;
};

/** What concerns one connection, not the request; the next connection has its own. */
const HOP_BY_HOP = [
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

const STORAGE = "/storage/v1";

type GatewayEnv = { Bindings: HttpBindings };

/**
 * Starts the one address that a Supabase project has, with the paths of the platform: /rest/v1,
 * /functions/v1, /realtime/v1 and /storage/v1. Checks API keys and tokens, and passes on.
 *
 * Keeps no log: addresses and headers carry keys and tokens.
 *
 * @throws when the port is taken
 */
export async function startGateway(options: GatewayOptions): Promise<Service> {
  const app = createApp(options);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const cutSockets = proxyUpgrades(server, options.realtimeUrl);
  const port = await listen(server, options.port);

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    cutSockets();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
  return {
    name: "gateway",
    url: `http://127.0.0.1:${port}`,
    stop: () => (stopped ??= stop()),
  };
}

function createApp(options: GatewayOptions): Hono<GatewayEnv> {
  const verifyToken = createTokenVerifier(options);
  const sign = createTokenSigner(options.jwtSecret);
  const app = new Hono<GatewayEnv>();

  // Functions answer for themselves which sites may call them, as on the platform.
  for (const path of ["/rest/v1/*", "/realtime/v1/*", "/storage/v1/*"]) app.use(path, allowAnySite);

  app.all("/rest/v1/*", async (context) => {
    const identity = await identifyRequest(credentialsOf(context), options, verifyToken);
    return forward(context, options.dataApiUrl, context.req.path, {
      authorization: `Bearer ${await sign(identity)}`,
      apikey: null,
    });
  });

  app.all("/realtime/v1/*", (context) => forward(context, options.realtimeUrl, context.req.path));

  app.all("/functions/v1/:name/*", async (context) => {
    const name = context.req.param("name");
    if (options.functionsConfig[name]?.verify_jwt !== false) {
      const refusal = await refuseWithoutToken(context.req.header("authorization"), verifyToken);
      if (refusal) return context.json(refusal, 401);
    }
    const path = context.req.path.slice("/functions/v1".length);
    return forward(context, options.functionsUrl, path);
  });

  // A signed address is all that it takes to open it: a picture in a page sends no key.
  app.get("/storage/v1/object/sign/*", (context) =>
    forward(context, options.storageUrl, context.req.path.slice(STORAGE.length)),
  );

  app.all("/storage/v1/*", async (context) => {
    const identity = await identifyRequest(credentialsOf(context), options, verifyToken);
    return forward(context, options.storageUrl, context.req.path.slice(STORAGE.length), {
      authorization: `Bearer ${await sign(identity)}`,
      apikey: null,
    });
  });

  app.notFound((context) => context.json({ message: "no Route matched with those values" }, 404));
  app.onError((error, context) => {
    if (error instanceof GatewayRefusal) return context.json(error.body, error.status);
    if (error instanceof TokenError && context.req.path.startsWith(STORAGE)) {
      const { message } = error;
      return context.json({ statusCode: "403", error: "Unauthorized", message }, 400);
    }
    if (error instanceof TokenError) {
      context.header("www-authenticate", `Bearer error="invalid_token"`);
      const { code, message } = error;
      return context.json({ code, details: null, hint: null, message }, 401);
    }
    return context.json(
      { message: "An invalid response was received from the upstream server" },
      502,
    );
  });
  return app;
}

const allowAnySite = cors({
  origin: "*",
  allowMethods: ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS"],
  exposeHeaders: ["Content-Range", "Content-Location", "Preference-Applied", "Location"],
  maxAge: 3600,
});

function credentialsOf({ req }: Context<GatewayEnv>) {
  return {
    apiKey: req.header("apikey") ?? req.query("apikey"),
    authorization: req.header("authorization"),
    userAgent: req.header("user-agent"),
  };
}

/** The Edge Runtime's own check; API keys are no tokens to it. */
async function refuseWithoutToken(
  authorization: string | undefined,
  verifyToken: ReturnType<typeof createTokenVerifier>,
): Promise<object | null> {
  if (!authorization) return { code: 401, message: "Missing authorization header" };
  const token = /^Bearer\s+(.+)$/i.exec(authorization)?.[1];
  if (!token || token.startsWith("sb_")) return { code: 401, message: "Invalid JWT" };
  try {
    await verifyToken(token);
    return null;
  } catch (error) {
    if (error instanceof TokenError) return { code: 401, message: "Invalid JWT" };
    throw error;
  }
}

function forward(
  context: Context<GatewayEnv>,
  origin: string,
  path: string,
  changes: Record<string, string | null> = {},
): Promise<Response> {
  const { raw } = context.req;
  const headers = new Headers(raw.headers);
  for (const name of HOP_BY_HOP) headers.delete(name);
  headers.set("x-forwarded-host", context.req.header("host") ?? "");
  headers.set("x-forwarded-proto", "http");
  headers.set("x-forwarded-for", context.env.incoming.socket.remoteAddress ?? "");
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }

  const url = new URL(path, origin);
  url.search = new URL(raw.url).search;
  // Only then, because to change parameters is to write them all anew.
  if (url.searchParams.has("apikey")) url.searchParams.delete("apikey");
  return proxy(url, { raw, headers, redirect: "manual" });
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
