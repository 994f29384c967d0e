import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Step } from "../../app/features/sign-in/clerk-flow.server";
import { finishGoogle, startGoogle } from "../../app/features/sign-in/google.server";
import { startSignUp, verifySignUp } from "../../app/features/sign-in/sign-up.server";
import { parseSetCookie, writeCookies } from "../../app/lib/clerk-cookies.server.ts";
import type { ClerkFrontend, ClerkReply } from "../../app/lib/clerk-frontend.server.ts";
import { proxyToClerk } from "../../app/server/clerk-proxy.ts";
import { admin, lastCode, PASSWORD } from "../../emulators/clerk/testing.ts";
import { startClerk } from "./clerk-for-test.ts";

const CALLBACK = "/sign-in/google/callback";
const GINA = { first_name: "Gina", last_name: "Gable", decision: "allow" };

let clerk: Awaited<ReturnType<typeof startClerk>>;
let callbackUrl: string;
beforeAll(async () => {
  clerk = await startClerk();
  callbackUrl = clerk.env.APP_ORIGIN + CALLBACK;
});
afterAll(() => clerk.service.stop());

let count = 0;
const newEmail = () => `gina-${(count += 1)}@example.com`;

/** A browser of the site: it keeps cookies, and comes back from Google through our proxy. */
function openBrowser() {
  const cookies = new Map<string, string>();
  function keep(setCookies: readonly string[]) {
    for (const { name, value } of setCookies.map(parseSetCookie)) {
      if (value === null) cookies.delete(name);
      else cookies.set(name, value);
    }
  }

  async function ask<Answer>(run: (frontend: ClerkFrontend) => Promise<Answer>): Promise<Answer> {
    const frontend = clerk.clerk(cookies);
    const answer = await run(frontend);
    keep(frontend.setCookies());
    return answer;
  }

  /** Opens an address of our proxy and gives where that leads. */
  async function visit(url: string): Promise<string> {
    const request = new Request(url, { headers: { Cookie: writeCookies(cookies) } });
    const response = await proxyToClerk(clerk.env, request, "203.0.113.7");
    keep(response.headers.getSetCookie());
    return new URL(response.headers.get("Location") ?? "", url).href;
  }

  const start = async () => {
    const step = await ask((frontend) =>
      startGoogle(frontend, { callbackUrl, redirectTo: "/messages" }),
    );
    if (!("consentUrl" in step)) throw new Error(`expected Google, got ${JSON.stringify(step)}`);
    return step;
  };
  type Pending = Awaited<ReturnType<typeof start>>["pending"];
  const finish = (pending: Pending) => ask((frontend) => finishGoogle(frontend, pending));

  /** The whole way there and back. */
  async function pass(fields: Record<string, string>): Promise<Step> {
    const { pending, consentUrl } = await start();
    expect(await visit(await consent(consentUrl, fields))).toBe(callbackUrl);
    return finish(pending);
  }

  return { ask, start, visit, finish, pass };
}

/** Answers Google's page and gives where it sends the browser. */
async function consent(consentUrl: string, fields: Record<string, string>): Promise<string> {
  const page = new URL(consentUrl);
  const answer = await fetch(page, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ state: page.searchParams.get("state") ?? "", ...fields }),
  });
  return answer.headers.get("Location") ?? "";
}

function refusalOf(step: Step) {
  if (step.kind !== "refused") throw new Error(`expected a refusal, got ${JSON.stringify(step)}`);
  return step.refusal;
}

function subjectOf(step: Step): string {
  if (step.kind !== "complete" || !step.token) {
    throw new Error(`expected a session, got ${JSON.stringify(step)}`);
  }
  const payload = Buffer.from(step.token.split(".")[1] ?? "", "base64url").toString();
  return (JSON.parse(payload) as { sub: string }).sub;
}

describe("continuing with Google", () => {
  it("remembers where the person was going, and tells Google nothing of it", async () => {
    const { pending, consentUrl } = await openBrowser().start();
    expect(pending.redirectTo).toBe("/messages");
    expect(consentUrl).not.toContain("messages");
  });

  it("makes an account for somebody new, and signs the same person in from then on", async () => {
    const email = newEmail();
    const first = await openBrowser().pass({ ...GINA, email });
    const second = await openBrowser().pass({ ...GINA, email });
    expect(first).toMatchObject({ kind: "complete", isNew: true });
    expect(second).toMatchObject({ kind: "complete", isNew: false });
    expect(subjectOf(second)).toBe(subjectOf(first));
  });

  it("finds the account that somebody made with a password", async () => {
    const email = newEmail();
    const step = await openBrowser().ask(async (frontend) => {
      const started = await startSignUp(frontend, { email, password: PASSWORD });
      if (started.kind !== "pending" || started.pending.kind !== "sign-up") throw new Error("?");
      return verifySignUp(frontend, started.pending, await lastCode(clerk.service, email));
    });
    const withGoogle = await openBrowser().pass({ ...GINA, email });
    expect(withGoogle).toMatchObject({ kind: "complete", isNew: false });
    expect(subjectOf(withGoogle)).toBe(subjectOf(step));
  });

  it("as somebody else in a browser with a session makes it theirs", async () => {
    const browser = openBrowser();
    const ana = await browser.pass({ ...GINA, email: newEmail() });
    const ben = await browser.pass({ ...GINA, email: newEmail() });
    expect(subjectOf(ben)).not.toBe(subjectOf(ana));
  });

  it("says so when the person cancels", async () => {
    const refusal = refusalOf(await openBrowser().pass({ decision: "deny" }));
    expect(refusal).toMatchObject({ code: "oauth_access_denied", field: null });
    expect(refusal.message).toMatch(/didn’t continue with Google/);
  });

  it("says so when the account is closed", async () => {
    const email = newEmail();
    const id = subjectOf(await openBrowser().pass({ ...GINA, email }));
    await fetch(`${clerk.service.url}/v1/users/${id}/ban`, {
      method: "POST",
      headers: { Authorization: `Bearer ${clerk.env.CLERK_SECRET_KEY}` },
    });
    const refusal = refusalOf(await openBrowser().pass({ ...GINA, email }));
    expect(refusal.message).toMatch(/account is closed/);
  });
});

describe("an attempt with Google", () => {
  it("can't be finished in another browser, neither by its address nor by its id", async () => {
    const [browser, other] = [openBrowser(), openBrowser()];
    const { pending, consentUrl } = await browser.start();
    const back = await consent(consentUrl, { ...GINA, email: newEmail() });

    const strangers = await other.start();
    // Clerk refuses, and the person is led to our page instead of its JSON.
    expect(await other.visit(back)).toBe(callbackUrl);
    expect(refusalOf(await other.finish(strangers.pending))).toMatchObject({ isFinal: true });
    expect(refusalOf(await other.finish(pending))).toMatchObject({ isFinal: true });

    expect(await browser.visit(back)).toBe(callbackUrl);
    expect((await browser.finish(pending)).kind).toBe("complete");
  });

  it("expires", async () => {
    const browser = openBrowser();
    const { pending, consentUrl } = await browser.start();
    const back = await consent(consentUrl, { ...GINA, email: newEmail() });
    await admin(clerk.service, "clock", { advanceSeconds: 601 });
    expect(await browser.visit(back)).toBe(callbackUrl);
    expect(refusalOf(await browser.finish(pending))).toMatchObject({
      isFinal: true,
      message: expect.stringMatching(/took too long/),
    });
  });

  it("that was never answered signs nobody in", async () => {
    const browser = openBrowser();
    const { pending } = await browser.start();
    expect(refusalOf(await browser.finish(pending))).toMatchObject({ isFinal: true });
  });

  it("that another one replaced is over", async () => {
    const browser = openBrowser();
    const { pending } = await browser.start();
    await browser.start();
    expect(refusalOf(await browser.finish(pending))).toMatchObject({ isFinal: true });
  });
});

describe("an account that needs more than Google's word", () => {
  it("is not made when Google leaves out what Clerk requires", async () => {
    await admin(clerk.service, "settings", { namesRequired: true });
    const refusal = refusalOf(await openBrowser().pass({ decision: "allow", email: newEmail() }));
    await admin(clerk.service, "settings", { namesRequired: false });
    expect(refusal).toMatchObject({ code: "missing_requirements" });
  });

  // Our instance asks for none of these, so Clerk's answers are written out.
  const consented = { status: "verified", error: null };
  const mailFactor = { strategy: "email_code", email_address_id: "idn_1" };
  const pending = { kind: "google", id: "sia_1", redirectTo: "" } as const;

  function scripted(...responses: Record<string, unknown>[]) {
    const calls: string[] = [];
    const call: ClerkFrontend["call"] = (method, path): Promise<ClerkReply> => {
      calls.push(`${method} ${path}`);
      return Promise.resolve({ ok: true, body: { response: responses.shift() } });
    };
    return { calls, frontend: { call, setCookies: () => [] } };
  }

  it("asks for the second factor", async () => {
    const signIn = {
      id: "sia_1",
      status: "needs_second_factor",
      first_factor_verification: consented,
    };
    const byMail = scripted({ ...signIn, supported_second_factors: [mailFactor] }, signIn);
    expect(await finishGoogle(byMail.frontend, pending)).toMatchObject({
      kind: "pending",
      pending: { kind: "sign-in", id: "sia_1", email: null, strategy: "email_code" },
    });
    expect(byMail.calls).toContain("POST /client/sign_ins/sia_1/prepare_second_factor");

    const byApp = scripted({ ...signIn, supported_second_factors: [{ strategy: "totp" }] });
    expect(await finishGoogle(byApp.frontend, pending)).toMatchObject({
      pending: { kind: "sign-in", strategy: "totp" },
    });
  });

  it("asks for a code when Google does not vouch for a new person's address", async () => {
    const transferable = { status: "transferable", error: null };
    const { frontend, calls } = scripted(
      { id: "sia_1", status: "needs_identifier", first_factor_verification: transferable },
      {
        id: "sua_1",
        status: "missing_requirements",
        missing_fields: [],
        email_address: "gina@example.com",
      },
      { id: "sua_1", status: "missing_requirements" },
    );
    expect(await finishGoogle(frontend, pending)).toEqual({
      kind: "pending",
      pending: { kind: "sign-up", id: "sua_1", email: "gina@example.com" },
    });
    expect(calls.at(-1)).toBe("POST /client/sign_ups/sua_1/prepare_verification");
  });

  it("sends who has an unproved address to the password", async () => {
    const { frontend } = scripted({
      id: "sia_1",
      status: "needs_first_factor",
      first_factor_verification: consented,
    });
    expect(refusalOf(await finishGoogle(frontend, pending)).message).toMatch(/its password/);
  });
});
