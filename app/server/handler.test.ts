import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, describe, expect, it } from "vitest";

import { createLogger } from "../lib/logger.server.ts";
import { createHandler, type HandlerParts } from "./handler.ts";
import type { LoadContext } from "./load-context.ts";
import { testEnv } from "./test-env.ts";

const ORIGIN = "http://localhost:3000";

type Seen = { request: Request; context: LoadContext };

type Answer = (context: LoadContext) => Response;

function setUp(options: { env?: Record<string, string>; answer?: Answer } = {}) {
  const seen: Seen[] = [];
  const lines: string[] = [];
  const parts: HandlerParts = {
    env: testEnv(options.env),
    mode: "production",
    log: createLogger("info", { write: (line) => lines.push(line) }),
    application: (request, context) => {
      seen.push({ request, context });
      return Promise.resolve(options.answer?.(context) ?? new Response("page"));
    },
  };
  return { handle: createHandler(parts), seen, lines };
}

function post(path: string, headers: Record<string, string>, body: BodyInit = "text=hello") {
  return new Request(ORIGIN + path, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body,
  });
}

describe("where a form comes from", () => {
  it("is passed on when it is this site", async () => {
    const { handle, seen } = setUp();
    const response = await handle(post("/messages", { Origin: ORIGIN }), "127.0.0.1");
    expect(response.status).toBe(200);
    expect(await seen[0]?.request.text()).toBe("text=hello");
  });

  it.each([
    ["another site", { Origin: "https://evil.example" }],
    ["a lookalike", { Origin: "http://localhost:3000.evil.example" }],
    ["a hidden one", { Origin: "null" }],
    ["nowhere", {}],
  ])("is refused when it is %s", async (_name, headers) => {
    const { handle, seen } = setUp();
    const response = await handle(post("/messages", headers), "127.0.0.1");
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("nothing was done");
    expect(seen).toEqual([]);
  });

  it.each([
    ["nowhere", {}],
    ["a mail program's page", { Origin: "https://mail.example" }],
  ])("does not matter for stopping mails: %s", async (_name, headers) => {
    const { handle, seen } = setUp();
    const path = `/unsubscribe/${"a".repeat(64)}`;
    const body = "List-Unsubscribe=One-Click";
    const response = await handle(post(path, headers, body), "127.0.0.1");
    expect(response.status).toBe(200);
    expect(await seen[0]?.request.text()).toBe(body);
    expect(seen[0]?.request.headers.get("Origin")).toBeNull();
    expect((await handle(post(`${path}/more`, {}, body), "127.0.0.1")).status).toBe(403);
  });

  it("matters for Clerk's proxy as well", async () => {
    const { handle } = setUp();
    const response = await handle(post("/__clerk/v1/client/sign_ins", {}), "127.0.0.1");
    expect(response.status).toBe(403);
  });

  it("does not matter for reading", async () => {
    const { handle } = setUp();
    const request = new Request(`${ORIGIN}/coaches`, {
      headers: { Origin: "https://evil.example" },
    });
    expect((await handle(request, "127.0.0.1")).status).toBe(200);
  });
});

describe("security headers", () => {
  it("carry a nonce that is new for every response and known to the page", async () => {
    const { handle, seen } = setUp();
    const policies = await Promise.all(
      [1, 2].map(async () => {
        const response = await handle(new Request(ORIGIN), "127.0.0.1");
        return response.headers.get("Content-Security-Policy") ?? "";
      }),
    );
    expect(seen).toHaveLength(2);
    expect(seen[0]?.context.cspNonce).not.toBe(seen[1]?.context.cspNonce);
    policies.forEach((policy, index) => {
      expect(policy).toContain(`script-src 'self' 'nonce-${seen[index]?.context.cspNonce}'`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
    });
  });

  it("never hide the origin, which our own forms need", async () => {
    const { handle } = setUp();
    const response = await handle(new Request(ORIGIN), "127.0.0.1");
    expect(response.headers.get("Referrer-Policy")).toBe("same-origin");
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(response.headers.has("Strict-Transport-Security")).toBe(false);
  });

  it("pin https where the site is on https", async () => {
    const { handle } = setUp({ env: { APP_ORIGIN: "https://walkthrough.example" } });
    const response = await handle(new Request("https://walkthrough.example/"), "127.0.0.1");
    expect(response.headers.get("Strict-Transport-Security")).toContain("max-age=63072000");
  });

  it("let forms end at the payment page", async () => {
    const { handle } = setUp({ env: { STRIPE_API_BASE: "http://127.0.0.1:4501/v1" } });
    const response = await handle(new Request(ORIGIN), "127.0.0.1");
    expect(response.headers.get("Content-Security-Policy")).toMatch(
      /form-action 'self' [^;]* http:\/\/127\.0\.0\.1:4501[ ;]/,
    );
  });

  it("let forms begin at a coach's calendar", async () => {
    const { handle } = setUp({ env: { CALENDLY_AUTH_BASE: "https://calendly.example/oauth" } });
    const response = await handle(new Request(ORIGIN), "127.0.0.1");
    expect(response.headers.get("Content-Security-Policy")).toMatch(
      /form-action 'self' [^;]* https:\/\/calendly\.example;/,
    );
  });

  it("let nobody's frames in, and Calendly's only on a page that shows it", async () => {
    const env = {
      CALENDLY_ORIGIN: "https://calendly.example",
      CALENDLY_WIDGET_URL: "https://assets.example/widget.js",
    };
    const [open, closed] = await Promise.all(
      [true, false].map(async (embedsCalendly) => {
        const answer: Answer = (context) => {
          Object.assign(context, { embedsCalendly });
          return new Response("page");
        };
        const response = await setUp({ env, answer }).handle(new Request(ORIGIN), "127.0.0.1");
        return response.headers.get("Content-Security-Policy") ?? "";
      }),
    );
    expect(open).toMatch(/frame-src https:\/\/calendly\.example;/);
    expect(open).toMatch(/script-src 'self' 'nonce-[^']+' https:\/\/assets\.example\/widget\.js;/);
    expect(closed).not.toMatch(/frame-src|assets\.example/);
  });

  it("let forms end at Google, and pass through Clerk on the way", async () => {
    const { handle } = setUp({ env: { CLERK_FAPI_URL: "https://clerk.example" } });
    const response = await handle(new Request(ORIGIN), "127.0.0.1");
    expect(response.headers.get("Content-Security-Policy")).toContain(
      "form-action 'self' https://accounts.google.com https://clerk.example ",
    );
  });

  it("are on refusals too", async () => {
    const { handle } = setUp();
    const response = await handle(post("/", {}), "127.0.0.1");
    expect(response.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(response.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("what a proxy says of the client", () => {
  const forged = {
    "X-Forwarded-For": "198.51.100.66",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Real-IP": "198.51.100.66",
    Forwarded: "host=evil.example",
  };

  it("is ignored when there is no proxy", async () => {
    const { handle, seen } = setUp();
    await handle(new Request(ORIGIN, { headers: forged }), "::ffff:203.0.113.9");
    expect(seen[0]?.context.clientIp).toBe("203.0.113.9");
    for (const name of Object.keys(forged)) expect(seen[0]?.request.headers.has(name)).toBe(false);
  });

  it("is believed as far as our own proxies wrote it", async () => {
    const { handle, seen } = setUp({ env: { TRUST_PROXY: "2" } });
    const headers = { ...forged, "X-Forwarded-For": "198.51.100.66, 203.0.113.9, 10.0.0.2" };
    await handle(new Request(ORIGIN, { headers }), "10.0.0.1");
    expect(seen[0]?.context.clientIp).toBe("203.0.113.9");
    expect(seen[0]?.request.headers.has("X-Forwarded-Host")).toBe(false);
  });
});

describe("addresses", () => {
  it("are of the configured host, whatever the request says", async () => {
    const { handle, seen } = setUp();
    await handle(new Request("http://evil.example/coaches?q=a"), "127.0.0.1");
    expect(seen[0]?.request.url).toBe(`${ORIGIN}/coaches?q=a`);
    expect(seen[0]?.request.headers.get("Host")).toBe("localhost:3000");
  });

  it("lose what Clerk's SDK would take for a session", async () => {
    const { handle, seen } = setUp();
    const request = new Request(
      `${ORIGIN}/coaches?__clerk_handshake=forged&q=a&__clerk_handshake_nonce=x&__clerk_db_jwt=y`,
      {
        headers: {
          Cookie: "theme=dark; __clerk_handshake=forged; __refresh_abc=x; __session=junk",
        },
      },
    );
    await handle(request, "127.0.0.1");
    expect(seen[0]?.request.url).toBe(`${ORIGIN}/coaches?q=a`);
    expect(seen[0]?.request.headers.get("Cookie")).toBe("theme=dark");
  });

  it.each([
    ["/coaches/", "/coaches"],
    ["/coaches/?q=a", "/coaches?q=a"],
    ["//evil.example/", "/evil.example"],
    ["/\\evil.example/", "/evil.example"],
  ])("%s leads to %s, on this site", async (path, expected) => {
    const { handle } = setUp();
    const response = await handle(new Request(ORIGIN + path), "127.0.0.1");
    expect(response.status).toBe(308);
    expect(response.headers.get("Location")).toBe(ORIGIN + expected);
  });
});

describe("answers", () => {
  it("to unknown methods are 405", async () => {
    const { handle } = setUp();
    const request = new Request(ORIGIN, { method: "PUT", headers: { Origin: ORIGIN } });
    const response = await handle(request, "127.0.0.1");
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe("GET, HEAD, POST");
  });

  it("to a body larger than any form are 413, said or not", async () => {
    const { handle, seen } = setUp();
    const large = new Uint8Array(5 * 1024 * 1024);
    const stream = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 5; sent += 1) controller.enqueue(large.subarray(0, 1024 * 1024));
        controller.close();
      },
    });
    const streamed = new Request(`${ORIGIN}/messages`, {
      method: "POST",
      headers: { Origin: ORIGIN },
      body: stream,
      duplex: "half",
    });

    const answers = [await handle(post("/messages", { Origin: ORIGIN }, large), "127.0.0.1")];
    answers.push(await handle(streamed, "127.0.0.1"));
    expect(answers.map((response) => response.status)).toEqual([413, 413]);
    expect(seen).toEqual([]);
  });

  it("where files are sent, are 413 to more than a message takes", async () => {
    const { handle } = setUp();
    const thread = "/messages/0b9f1e6e-3f0a-4e0e-9a35-0d1c2b3a4f5e";
    const statusOf = async (path: string, megabytes: number) =>
      (
        await handle(
          post(path, { Origin: ORIGIN }, new Uint8Array(megabytes * 1024 * 1024)),
          "127.0.0.1",
        )
      ).status;

    for (const path of [thread, `${thread}.data`, `/resources${thread}`]) {
      expect([await statusOf(path, 31), await statusOf(path, 41)]).toEqual([200, 413]);
    }
    expect(await statusOf(`${thread}/attachments`, 5)).toBe(413);
  });

  it("to a crash tell nothing but the request's id", async () => {
    const { handle, lines } = setUp({
      answer: () => {
        throw new Error("select secret from somewhere");
      },
    });
    const response = await handle(new Request(ORIGIN), "127.0.0.1");
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain("secret");
    expect(text).toContain(response.headers.get("X-Request-Id"));
    expect(lines.join("")).toContain("select secret from somewhere");
  });

  it("make a redirect after a form a 303", async () => {
    const { handle } = setUp({
      answer: () => new Response(null, { status: 302, headers: { Location: "/sessions" } }),
    });
    const posted = await handle(post("/", { Origin: ORIGIN }), "127.0.0.1");
    const read = await handle(new Request(ORIGIN), "127.0.0.1");
    expect([posted.status, read.status]).toEqual([303, 302]);
  });

  it("are private unless a page without cookies says otherwise", async () => {
    const answers = [
      new Response("a"),
      new Response("b", { headers: { "Cache-Control": "public, max-age=60" } }),
      new Response("c", {
        headers: { "Cache-Control": "public, max-age=60", "Set-Cookie": "theme=dark" },
      }),
    ];
    const { handle } = setUp({ answer: () => answers.shift() ?? new Response() });
    const caching = [];
    for (let count = 0; count < 3; count += 1) {
      const response = await handle(new Request(ORIGIN), "127.0.0.1");
      caching.push(response.headers.get("Cache-Control"));
    }
    expect(caching).toEqual(["private, no-cache", "public, max-age=60", "private, no-cache"]);
  });

  it("are logged without query, cookies and body, with the profile that was found", async () => {
    const { handle, seen, lines } = setUp({
      answer: (context) => {
        context.logFields.profileId = "ana";
        return new Response("page");
      },
    });
    const headers = { Origin: ORIGIN, Cookie: "theme=s3cret" };
    await handle(post("/messages?token=s3cret", headers, "text=s3cret"), "127.0.0.1");

    const line = JSON.parse(lines.at(-1) ?? "") as Record<string, unknown>;
    expect(line).toMatchObject({
      method: "POST",
      path: "/messages",
      status: 200,
      profileId: "ana",
    });
    expect(line.requestId).toBe(seen[0]?.context.requestId);
    expect(lines.join("")).not.toContain("s3cret");
  });
});

describe("a private calendar address", () => {
  it("is not in the log: who reads the log could read the calendar", async () => {
    const { handle, lines } = setUp({ answer: () => new Response("BEGIN:VCALENDAR") });
    await handle(new Request(`${ORIGIN}/calendar/s3cret.ics`), "127.0.0.1");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ path: "/calendar/[private]" });
    expect(lines.join("")).not.toContain("s3cret");
  });
});

describe("Clerk's proxy", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function listen(reply: Parameters<typeof createServer>[1]) {
    const server = createServer(reply).listen(0, "127.0.0.1");
    servers.push(server);
    await new Promise((resolve) => server.once("listening", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("speaks as our proxy, shares Clerk's cookies only and makes its answers ours", async () => {
    const calls: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[] = [];
    const url = await listen((request, response) => {
      calls.push({ url: request.url, headers: request.headers });
      response.setHeader("Set-Cookie", "__client=new; Domain=clerk.example; Secure; Max-Age=60");
      response.setHeader("X-Internal", "no");
      response.end("{}");
    });
    const { handle, seen } = setUp({ env: { CLERK_FAPI_URL: url } });
    const request = new Request(`${ORIGIN}/__clerk/v1/client?a=b`, {
      headers: { Cookie: "__client=old; theme=dark; pending=x" },
    });
    const response = await handle(request, "203.0.113.9");

    expect(calls[0]?.url).toBe("/v1/client?a=b");
    expect(calls[0]?.headers).toMatchObject({
      "clerk-proxy-url": `${ORIGIN}/__clerk`,
      "clerk-secret-key": "sk_live_local_test",
      "x-forwarded-for": "203.0.113.9",
      cookie: "__client=old",
    });
    expect(response.headers.getSetCookie()).toEqual([
      "__client=new; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
    ]);
    expect(response.headers.has("X-Internal")).toBe(false);
    expect(seen).toEqual([]);
  });

  it("leads people whom Clerk turns away on their way back from Google to our page", async () => {
    const url = await listen((_request, response) => {
      response.statusCode = 400;
      response.end("{}");
    });
    const { handle } = setUp({ env: { CLERK_FAPI_URL: url } });
    const get = (path: string) => handle(new Request(ORIGIN + path), "127.0.0.1");

    const back = await get("/__clerk/v1/oauth_callback?state=a&code=b");
    expect(back.status).toBe(303);
    expect(back.headers.get("Location")).toBe("/sign-in/google/callback");
    expect((await get("/__clerk/v1/client")).status).toBe(400);
  });

  it("answers 502 when Clerk does not", async () => {
    const { handle } = setUp();
    const response = await handle(new Request(`${ORIGIN}/__clerk/v1/client`), "127.0.0.1");
    expect(response.status).toBe(502);
  });
});
