import { createHash, randomBytes } from "node:crypto";

import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { answer, personOf, type Calendly } from "./calendly.ts";
import { userUri } from "./present.ts";

const TOKEN_SECONDS = 7200;
const DEFAULT_TOKENS_PER_MINUTE = 8;

type Refusal = "invalid_client" | "invalid_grant" | "invalid_request" | "unsupported_grant_type";

/**
 * `POST /oauth/token`, `/revoke` and `/introspect`. A refresh token is good for one use: each
 * answer brings the next one, and an old one is refused.
 */
export function tokenRoutes(calendly: Calendly) {
  const app = new Hono<EmulatorEnv>();
  const { store, clock } = calendly;
  const asked = new Map<string, number[]>();

  app.use(async (context, next) => {
    if (!isClient(calendly, context.req.header("authorization"))) {
      return context.json(refusal("invalid_client"), 401);
    }
    await next();
  });

  app.post("/token", async (context) => {
    const form = new URLSearchParams(await context.req.text());
    // Before the token is used up: it must still be good in a minute.
    if (isTooOften(ownerOf(form))) {
      return context.json({ error: "rate_limited", error_description: "Too many tokens." }, 429);
    }
    const grant = takeGrant(calendly, form);
    if (typeof grant === "string") return context.json(refusal(grant), 400);
    const { origin } = new URL(context.req.url);
    return answer(calendly, context, "token", issue(calendly, grant, origin));
  });

  app.post("/revoke", async (context) => {
    const token = new URLSearchParams(await context.req.text()).get("token") ?? "";
    const known = store.state.refreshTokens[token] ?? store.state.accessTokens[token];
    if (known) forgetTokens(calendly, known.personUuid);
    return context.json({}); // as RFC 7009: an unknown token is as good as revoked
  });

  app.post("/introspect", async (context) => {
    const token = new URLSearchParams(await context.req.text()).get("token") ?? "";
    const known = store.state.accessTokens[token];
    if (!known || known.endsAt <= clock.now()) return context.json({ active: false });
    const { origin } = new URL(context.req.url);
    return context.json({
      active: true,
      scope: known.scope,
      client_id: calendly.options.clientId,
      token_type: "Bearer",
      exp: Math.floor(known.endsAt / 1000),
      owner: userUri(origin, known.personUuid),
    });
  });

  function ownerOf(form: URLSearchParams): string {
    const { codes, refreshTokens } = store.state;
    const code = codes[form.get("code") ?? ""];
    return (code ?? refreshTokens[form.get("refresh_token") ?? ""])?.personUuid ?? "";
  }

  function isTooOften(personUuid: string): boolean {
    const aMinuteAgo = clock.now() - 60_000;
    const recent = (asked.get(personUuid) ?? []).filter((at) => at > aMinuteAgo);
    asked.set(personUuid, [...recent, clock.now()]);
    return recent.length >= (calendly.options.tokensPerMinute ?? DEFAULT_TOKENS_PER_MINUTE);
  }

  return app;
}

function refusal(error: Refusal) {
  return { error, error_description: "The request was refused." };
}

function isClient(calendly: Calendly, authorization: string | undefined): boolean {
  const { clientId, clientSecret } = calendly.options;
  return authorization === `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
}

type Granted = { personUuid: string; scope: string };

/** Uses up the code or the refresh token of a request. */
function takeGrant(calendly: Calendly, form: URLSearchParams): Granted | Refusal {
  switch (form.get("grant_type")) {
    case "authorization_code":
      return takeCode(calendly, form);
    case "refresh_token":
      return takeRefreshToken(calendly, form.get("refresh_token") ?? "");
    default:
      return "unsupported_grant_type";
  }
}

function takeCode({ store, clock }: Calendly, form: URLSearchParams): Granted | Refusal {
  const code = form.get("code") ?? "";
  const known = store.state.codes[code];
  if (!known) return "invalid_grant";

  delete store.state.codes[code];
  store.changed();
  const verifier = form.get("code_verifier");
  const challenge = verifier && createHash("sha256").update(verifier).digest("base64url");
  const isGood =
    known.endsAt > clock.now() &&
    known.redirectUri === form.get("redirect_uri") &&
    (known.challenge ?? null) === (challenge ?? null);
  return isGood ? known : "invalid_grant";
}

function takeRefreshToken({ store }: Calendly, token: string): Granted | Refusal {
  const known = Object.hasOwn(store.state.refreshTokens, token)
    ? store.state.refreshTokens[token]
    : undefined;
  if (!known || known.isUsed) return "invalid_grant";
  known.isUsed = true;
  store.changed();
  return known;
}

function issue({ store, clock, ...calendly }: Calendly, granted: Granted, origin: string) {
  const { personUuid, scope } = granted;
  const access = `local_access_${randomBytes(24).toString("base64url")}`;
  const refresh = `local_refresh_${randomBytes(24).toString("base64url")}`;
  const endsAt = clock.now() + TOKEN_SECONDS * 1000;
  store.state.accessTokens[access] = { personUuid, scope, endsAt };
  store.state.refreshTokens[refresh] = { personUuid, scope, isUsed: false };
  store.changed();

  const person = personOf({ store, clock, ...calendly }, personUuid);
  return {
    token_type: "Bearer",
    access_token: access,
    refresh_token: refresh,
    expires_in: TOKEN_SECONDS,
    created_at: clock.seconds(),
    scope,
    owner: userUri(origin, personUuid),
    organization: `${origin}/organizations/${person.organizationUuid}`,
  };
}

/** Ends every token of a person: their connection with the app is over. */
export function forgetTokens({ store }: Calendly, personUuid: string): void {
  const { accessTokens, refreshTokens } = store.state;
  for (const [token, grant] of Object.entries(accessTokens)) {
    if (grant.personUuid === personUuid) delete accessTokens[token];
  }
  for (const [token, grant] of Object.entries(refreshTokens)) {
    if (grant.personUuid === personUuid) delete refreshTokens[token];
  }
  store.changed();
}
