import { createHash } from "node:crypto";

import { startReceiver } from "../shared/receiver.ts";
import type { Violation } from "../shared/request-log.ts";
import type { CalendlyOptions } from "./calendly.ts";
import { SCOPES } from "./scopes.ts";
import { startCalendlyEmulator } from "./server.ts";
import type { EventType, Person } from "./state.ts";

export type Bench = Awaited<ReturnType<typeof startBench>>;

type Answer<Body> = { status: number; headers: Headers; json: Body };
type Token = { access_token: string; refresh_token: string; error?: string };

export const SIGNING_KEY = "local_test_calendly";
const CALLBACK = "http://localhost:3000/coach/calendly/callback";
const VERIFIER = "a verifier that is long enough to be one, by the rules of PKCE";

/** Starts an emulator and a receiver of its webhooks, with the calls that tests make. */
export async function startBench(changes: Partial<CalendlyOptions> = {}) {
  const receiver = await startReceiver();
  const service = await startCalendlyEmulator({
    port: 0,
    clientId: "local_client",
    clientSecret: "local_client_secret",
    webhookSigningKey: SIGNING_KEY,
    appOrigin: "http://localhost:3000",
    retryDelays: [1],
    tokensPerMinute: 1000,
    ...changes,
  });

  async function request<Body>(path: string, init: RequestInit): Promise<Answer<Body>> {
    const response = await fetch(`${service.url}${path}`, { redirect: "manual", ...init });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json");
    return {
      status: response.status,
      headers: response.headers,
      json: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  function authorizePath(changesOfQuery: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: "local_client",
      response_type: "code",
      redirect_uri: CALLBACK,
      scope: SCOPES.join(" "),
      state: "a state",
      code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
      code_challenge_method: "S256",
      ...changesOfQuery,
    });
    return `/oauth/authorize?${query}`;
  }

  /** Answers the consent page; returns where it leads. */
  async function consent(person: Person, given = "allow", scope = SCOPES.join(" ")) {
    const body = new URLSearchParams({ person: person.uuid, answer: given });
    const { headers } = await request(authorizePath({ scope }), { method: "POST", body });
    return new URL(headers.get("location") ?? "");
  }

  function token(form: Record<string, string>, secret = "local_client_secret") {
    return request<Token>("/oauth/token", {
      method: "POST",
      body: new URLSearchParams(form),
      headers: { authorization: `Basic ${btoa(`local_client:${secret}`)}` },
    });
  }

  function exchange(code: string, changesOfForm: Record<string, string> = {}) {
    return token({
      grant_type: "authorization_code",
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...changesOfForm,
    });
  }

  function admin<Body = Record<string, unknown>>(method: string, path: string, body?: unknown) {
    return request<Body>(`/__admin${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  return {
    url: service.url,
    receiver,
    request,
    authorizePath,
    consent,
    token,
    exchange,
    admin,
    /** A new account, its tokens, and a way to call the API as it. */
    async account(plan: "free" | "paid" = "paid", scope?: string) {
      type Made = { person: Person; eventTypes: EventType[] };
      const { json: made } = await admin<Made>("POST", "/people", {
        name: "Test Person",
        plan,
        timezone: "Etc/UTC",
      });
      const target = await consent(made.person, "allow", scope);
      const { json: tokens } = await exchange(target.searchParams.get("code") ?? "");
      const call = <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
        request<Body>(path, {
          method,
          headers: {
            authorization: `Bearer ${tokens.access_token}`,
            "content-type": "application/json",
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
      const userUri = `${service.url}/users/${made.person.uuid}`;
      const organizationUri = `${service.url}/organizations/${made.person.organizationUuid}`;
      return { ...made, tokens, call, userUri, organizationUri };
    },
    /** The breaches of contract so far; the list is emptied. */
    async violations(): Promise<Violation[]> {
      const { json } = await admin<{ violations: Violation[] }>("GET", "/violations");
      await admin("DELETE", "/requests");
      return json.violations;
    },
    /** What the receiver got, once all is delivered; the list is emptied. */
    async hooks() {
      await admin("POST", "/settle");
      return receiver.received.splice(0);
    },
    async stop(): Promise<void> {
      await service.stop();
      await receiver.stop();
    },
  };
}
