import type { Service } from "../../supabase/local/service.ts";
import { API_VERSION } from "./frontend-contract.ts";
import { startClerkEmulator, type ClerkEmulatorOptions } from "./server.ts";

export const APP_ORIGIN = "http://localhost:3000";
const PROXY_URL = `${APP_ORIGIN}/__clerk`;
export const SECRET_KEY = "sk_live_local_test";
export const PUBLISHABLE_KEY = `pk_live_${Buffer.from("clerk.app.localhost$").toString("base64")}`;
export const PASSWORD = "correct horse battery";

/** Starts an emulator as the tests of this folder want it, on a free port. */
export function startForTest(options: Partial<ClerkEmulatorOptions> = {}): Promise<Service> {
  return startClerkEmulator({
    port: 0,
    appOrigin: APP_ORIGIN,
    publishableKey: PUBLISHABLE_KEY,
    secretKey: SECRET_KEY,
    ...options,
    settings: { rateLimits: false, ...options.settings },
  });
}

type Answered = {
  status: number;
  headers: Headers;
  /** What a successful answer wraps. */
  response: Record<string, unknown>;
  /** The first refusal's code, if it was refused. */
  code: string | undefined;
  body: {
    response?: Record<string, unknown> | null;
    client?: Record<string, unknown> | null;
    jwt?: string;
    errors?: {
      code: string;
      message: string;
      long_message: string;
      meta: Record<string, unknown>;
    }[];
  };
};

export type Browser = {
  cookies: Map<string, string>;
  /** Calls the Frontend API as the site's server does for this browser. */
  call(
    method: string,
    path: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Answered>;
  /** Goes to an address of the site's proxy, as a person's browser does; follows no redirect. */
  visit(url: string): Promise<Response>;
};

/** A browser of its own: its cookies and its address. */
export function openBrowser(service: Service, ip = "203.0.113.7"): Browser {
  const cookies = new Map<string, string>();

  async function send(
    path: string,
    init: RequestInit & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const answer = await fetch(`${service.url}${path}`, {
      ...init,
      redirect: "manual",
      headers: {
        "clerk-proxy-url": PROXY_URL,
        "clerk-secret-key": SECRET_KEY,
        "x-forwarded-for": ip,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...init.headers,
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (line.includes("Max-Age=0")) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }

  async function call(
    method: string,
    path: string,
    fields?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const answer = await send(`${path}?__clerk_api_version=${API_VERSION}`, {
      method,
      headers: { origin: APP_ORIGIN, ...headers },
      ...(fields && { body: new URLSearchParams(fields) }),
    });
    const body = (await answer.json()) as Answered["body"];
    return {
      status: answer.status,
      headers: answer.headers,
      response: body.response ?? {},
      code: body.errors?.[0]?.code,
      body,
    };
  }

  return { cookies, call, visit: (url) => send(url.slice(PROXY_URL.length)) };
}

/** Calls the emulator's control panel. */
export async function admin<Answer>(
  service: Service,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await fetch(`${service.url}/__admin/${path}`, {
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** The code that went to this address last. */
export async function lastCode(service: Service, email: string): Promise<string> {
  const query = new URLSearchParams({ email });
  const { codes } = await admin<{ codes: { code: string }[] }>(service, `codes?${query}`);
  if (!codes[0]) throw new Error(`no code was sent to ${email}`);
  return codes[0].code;
}

/** A code that is certainly not this one. */
export function wrong(code: string): string {
  return code === "000000" ? "111111" : "000000";
}

/** Signs up from nothing to a session. */
export async function signUp(service: Service, browser: Browser, email: string): Promise<Answered> {
  const started = await browser.call("POST", "/v1/client/sign_ups", {
    email_address: email,
    password: PASSWORD,
  });
  const path = `/v1/client/sign_ups/${String(started.response.id)}`;
  await browser.call("POST", `${path}/prepare_verification`, { strategy: "email_code" });
  const code = await lastCode(service, email);
  return browser.call("POST", `${path}/attempt_verification`, { strategy: "email_code", code });
}
