import { randomBytes } from "node:crypto";

import { Hono, type MiddlewareHandler } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { ZoomError } from "./errors.ts";
import type { Zoom } from "./zoom.ts";

const TOKEN_SECONDS = 3600;
const SCOPES =
  "meeting:write:meeting:admin meeting:read:meeting:admin meeting:update:meeting:admin " +
  "meeting:delete:meeting:admin meeting:read:list_past_participants:admin user:read:user:admin";

/** The token endpoint of Server-to-Server OAuth: `POST /oauth/token`. */
export function oauthRoutes(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.post("/token", async (context) => {
    const form = new URLSearchParams(await context.req.text());
    const query = new URL(context.req.url).searchParams; // Zoom takes the parameters in either place
    const grantType = form.get("grant_type") ?? query.get("grant_type");
    const accountId = form.get("account_id") ?? query.get("account_id");

    if (!isClient(zoom, context.req.header("authorization"))) {
      const reason = "Invalid client_id or client_secret";
      return context.json({ reason, error: "invalid_client" }, 400);
    }
    if (grantType !== "account_credentials") {
      return context.json(
        { reason: "unsupported grant type", error: "unsupported_grant_type" },
        400,
      );
    }
    if (accountId !== zoom.options.accountId) {
      return context.json({ reason: "Bad Request", error: "invalid_request" }, 400);
    }

    const token = `local.${randomBytes(24).toString("base64url")}`;
    zoom.store.state.tokens[token] = zoom.clock.now() + TOKEN_SECONDS * 1000;
    forgetOldTokens(zoom);
    return context.json({
      access_token: token,
      token_type: "bearer",
      expires_in: TOKEN_SECONDS,
      scope: SCOPES,
      api_url: new URL(context.req.url).origin,
    });
  });

  return app;
}

function isClient(zoom: Zoom, authorization: string | undefined): boolean {
  const { clientId, clientSecret } = zoom.options;
  return authorization === `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
}

function forgetOldTokens(zoom: Zoom): void {
  const { tokens } = zoom.store.state;
  const aDayAgo = zoom.clock.now() - 86_400_000;
  for (const [token, endsAt] of Object.entries(tokens)) if (endsAt < aDayAgo) delete tokens[token];
  zoom.store.changed();
}

/** Lets only calls with a token of ours through that is still good. */
export function requireToken(zoom: Zoom): MiddlewareHandler<EmulatorEnv> {
  return async (context, next) => {
    const token = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
    const endsAt = Object.hasOwn(zoom.store.state.tokens, token)
      ? zoom.store.state.tokens[token]
      : undefined;
    if (endsAt === undefined) throw new ZoomError(401, 124, "Invalid access token.");
    if (endsAt <= zoom.clock.now()) throw new ZoomError(401, 124, "Access token is expired.");
    await next();
  };
}
