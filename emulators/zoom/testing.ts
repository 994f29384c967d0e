import { startReceiver, type Receiver } from "../shared/receiver.ts";
import type { Violation } from "../shared/request-log.ts";
import type { Service } from "../../supabase/local/service.ts";
import { startZoomEmulator } from "./server.ts";
import type { ZoomOptions } from "./zoom.ts";

/** An answer of the API, its JSON already read (null when empty). */
export type Answer<Body = Record<string, unknown>> = {
  status: number;
  headers: Headers;
  json: Body;
};

export type Created = { id: number; join_url: string; start_url: string; password: string };

/** A webhook as the receiver got it. */
export type Hook = {
  event: string;
  payload: { object: Record<string, unknown> & { participant?: Record<string, unknown> } };
};

export type Bench = Awaited<ReturnType<typeof startBench>>;

export const WEBHOOK_SECRET = "local_test_zoom";

/** Starts an emulator and a receiver of its webhooks, with the calls that tests make. */
export async function startBench(changes: Partial<ZoomOptions> = {}) {
  const receiver: Receiver = await startReceiver();
  const options: ZoomOptions = {
    port: 0,
    accountId: "local_account",
    clientId: "local_client",
    clientSecret: "local_client_secret",
    webhookUrl: receiver.url,
    webhookSecret: WEBHOOK_SECRET,
    appOrigin: "http://localhost:3000",
    hosts: [
      { id: "host_1", email: "host1@walkthrough.example" },
      { id: "host_2", email: "host2@walkthrough.example" },
    ],
    retryDelays: [1],
    callsPerSecond: { light: 10_000, medium: 10_000 },
    ...changes,
  };
  const service: Service = await startZoomEmulator(options);

  async function request<Body>(path: string, init: RequestInit): Promise<Answer<Body>> {
    const response = await fetch(`${service.url}${path}`, init);
    const text = await response.text();
    const json = (text ? JSON.parse(text) : null) as Body;
    return { status: response.status, headers: response.headers, json };
  }

  function token(form: Record<string, string> = {}, secret = "local_client_secret") {
    const body = new URLSearchParams({
      grant_type: "account_credentials",
      account_id: "local_account",
      ...form,
    });
    const authorization = `Basic ${btoa(`local_client:${secret}`)}`;
    type Token = { access_token: string; expires_in: number; error?: string };
    return request<Token>("/oauth/token", { method: "POST", body, headers: { authorization } });
  }

  let bearer = (await token()).json.access_token;

  function call<Body = Record<string, unknown>>(method: string, path: string, body?: unknown) {
    const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
    const text = body === undefined ? undefined : JSON.stringify(body);
    return request<Body>(`/v2${path}`, { method, headers, body: text });
  }

  function admin<Body = Record<string, unknown>>(method: string, path: string, body?: unknown) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return request<Body>(`/__admin${path}`, { method, body: text });
  }

  return {
    url: service.url,
    options,
    receiver,
    service,
    token,
    call,
    admin,
    useToken: (other: string) => (bearer = other),
    /** Plans a meeting and answers what Zoom answered; fails when it was refused. */
    async plan(changesOfMeeting: Record<string, unknown> = {}, host = "host_1"): Promise<Created> {
      const meeting = {
        topic: "Session",
        type: 2,
        start_time: "2030-06-03T15:00:00Z",
        duration: 60,
      };
      const body = { ...meeting, ...changesOfMeeting };
      const created = await call<Created>("POST", `/users/${host}/meetings`, body);
      if (created.status !== 201) throw new Error(JSON.stringify(created.json));
      return created.json;
    },
    /** What came in so far, once all is delivered; the list is emptied. */
    async hooks(): Promise<Hook[]> {
      await admin("POST", "/settle");
      return receiver.received.splice(0).map(({ body }) => JSON.parse(body) as Hook);
    },
    /** The breaches of contract so far; the list is emptied. */
    async violations(): Promise<Violation[]> {
      const { json } = await admin<{ violations: Violation[] }>("GET", "/violations");
      await admin("DELETE", "/requests");
      return json.violations;
    },
    async stop(): Promise<void> {
      await service.stop();
      await receiver.stop();
    },
  };
}
