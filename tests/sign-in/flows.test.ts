import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Step } from "../../app/features/sign-in/clerk-flow.server";
import {
  finishReset,
  sendResetCode,
  startReset,
} from "../../app/features/sign-in/password-reset.server";
import type { PendingOf } from "../../app/features/sign-in/pending.server";
import { endSession, startSignIn, verifySignIn } from "../../app/features/sign-in/sign-in.server";
import {
  sendSignUpCode,
  startSignUp,
  verifySignUp,
} from "../../app/features/sign-in/sign-up.server";
import type { ClerkFrontend } from "../../app/lib/clerk-frontend.server.ts";
import { admin, lastCode, PASSWORD, wrong } from "../../emulators/clerk/testing.ts";
import { startClerk } from "./clerk-for-test.ts";

let clerk: Awaited<ReturnType<typeof startClerk>>;
beforeAll(async () => {
  clerk = await startClerk({ settings: { maximumFailedAttempts: 4 } });
});
afterAll(() => clerk.service.stop());

const matching = (pattern: RegExp) => expect.stringMatching(pattern) as string;

let count = 0;
const newEmail = () => `ben-${(count += 1)}@example.com`;

function pendingOf<Kind extends "sign-up" | "sign-in" | "reset">(step: Step, kind: Kind) {
  if (step.kind !== "pending" || step.pending.kind !== kind) {
    throw new Error(`expected a pending ${kind}, got ${JSON.stringify(step)}`);
  }
  return step.pending as PendingOf<Kind>;
}

function refusalOf(step: Step) {
  if (step.kind !== "refused") throw new Error(`expected a refusal, got ${JSON.stringify(step)}`);
  return step.refusal;
}

async function signUp(browser: ClerkFrontend, email: string): Promise<Step> {
  const pending = pendingOf(await startSignUp(browser, { email, password: PASSWORD }), "sign-up");
  return verifySignUp(browser, pending, await lastCode(clerk.service, email));
}

describe("signing up", () => {
  it("takes the mailed code, not another, and ends signed in", async () => {
    const browser = clerk.clerk();
    const email = newEmail();
    const pending = pendingOf(await startSignUp(browser, { email, password: PASSWORD }), "sign-up");
    const code = await lastCode(clerk.service, email);

    expect(refusalOf(await verifySignUp(browser, pending, wrong(code)))).toMatchObject({
      field: "code",
      status: 422,
    });
    const step = await verifySignUp(browser, pending, code);
    expect(step).toMatchObject({ kind: "complete", token: matching(/^ey/) });
  });

  it("says which field is wrong, in words for people", async () => {
    const email = newEmail();
    await signUp(clerk.clerk(), email);
    const short = await startSignUp(clerk.clerk(), { email: newEmail(), password: "short" });
    const taken = await startSignUp(clerk.clerk(), { email, password: PASSWORD });
    expect(refusalOf(short)).toMatchObject({
      field: "password",
      message: matching(/8 characters/),
    });
    expect(refusalOf(taken)).toMatchObject({ field: "email", message: matching(/Sign in/) });
  });

  it("makes the first code worthless when a second is sent", async () => {
    const browser = clerk.clerk();
    const email = newEmail();
    const pending = pendingOf(await startSignUp(browser, { email, password: PASSWORD }), "sign-up");
    const first = await lastCode(clerk.service, email);
    await sendSignUpCode(browser, pending);
    const second = await lastCode(clerk.service, email);
    if (first !== second)
      expect(refusalOf(await verifySignUp(browser, pending, first)).field).toBe("code");
    expect((await verifySignUp(browser, pending, second)).kind).toBe("complete");
  });

  it("can't be finished in another browser", async () => {
    const email = newEmail();
    const started = await startSignUp(clerk.clerk(), { email, password: PASSWORD });
    const code = await lastCode(clerk.service, email);
    const step = await verifySignUp(clerk.clerk(), pendingOf(started, "sign-up"), code);
    expect(refusalOf(step)).toMatchObject({ isFinal: true });
  });
});

describe("signing in", () => {
  it("asks a new device for a code, and a known one for none", async () => {
    const email = newEmail();
    await signUp(clerk.clerk(), email);

    const device = clerk.clerk();
    const first = pendingOf(await startSignIn(device, { email, password: PASSWORD }), "sign-in");
    const code = await lastCode(clerk.service, email);
    expect(refusalOf(await verifySignIn(device, first, wrong(code))).field).toBe("code");
    expect((await verifySignIn(device, first, code)).kind).toBe("complete");

    await endSession(device);
    expect((await startSignIn(device, { email, password: PASSWORD })).kind).toBe("complete");
  });

  it("does not tell whether an address has an account", async () => {
    const email = newEmail();
    await signUp(clerk.clerk(), email);
    const wrongPassword = await startSignIn(clerk.clerk(), { email, password: "not my password" });
    const nobody = await startSignIn(clerk.clerk(), {
      email: newEmail(),
      password: "not my password",
    });
    const shown = [wrongPassword, nobody].map((step) => {
      const { code: _internal, ...words } = refusalOf(step);
      return words;
    });
    expect(shown[0]).toEqual(shown[1]);
    expect(shown[0]).toMatchObject({ status: 422, field: null });
  });

  it("locks after too many wrong passwords and says for how long", async () => {
    const email = newEmail();
    await signUp(clerk.clerk(), email);
    for (let tries = 0; tries < 4; tries += 1) {
      await startSignIn(clerk.clerk(), { email, password: "not my password" });
    }
    const locked = refusalOf(await startSignIn(clerk.clerk(), { email, password: PASSWORD }));
    expect(locked).toMatchObject({
      code: "user_locked",
      status: 429,
      message: matching(/an hour|60 minutes/),
    });
    expect(locked.retryAfterSeconds).toBeGreaterThan(3500);
  });

  it("as somebody else in a browser with a session makes it theirs", async () => {
    const [ana, ben] = [newEmail(), newEmail()];
    await signUp(clerk.clerk(), ben);
    const browser = clerk.clerk();
    await signUp(browser, ana);

    const pending = pendingOf(
      await startSignIn(browser, { email: ben, password: PASSWORD }),
      "sign-in",
    );
    const step = await verifySignIn(browser, pending, await lastCode(clerk.service, ben));
    const token = step.kind === "complete" ? (step.token ?? "") : "";
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as {
      sub: string;
    };
    const users = await fetch(
      `${clerk.service.url}/v1/users?email_address=${encodeURIComponent(ben)}`,
      {
        headers: { Authorization: `Bearer ${clerk.env.CLERK_SECRET_KEY}` },
      },
    );
    expect(await users.json()).toEqual([expect.objectContaining({ id: claims.sub })]);
  });

  it("too fast is told when to come back", async () => {
    await admin(clerk.service, "faults", {
      kind: "status",
      status: 429,
      headers: { "Retry-After": "120" },
      path: "sign_ins",
    });
    const step = await startSignIn(clerk.clerk(), { email: newEmail(), password: PASSWORD });
    expect(refusalOf(step)).toMatchObject({
      status: 429,
      retryAfterSeconds: 120,
      message: "Too many tries. Please wait 2 minutes and try again.",
    });
  });
});

describe("a forgotten password", () => {
  it("is replaced with the mailed code; a refused new password does not use the code up", async () => {
    const email = newEmail();
    await signUp(clerk.clerk(), email);
    const browser = clerk.clerk();
    const pending = pendingOf(await startReset(browser, email), "reset");
    const code = await lastCode(clerk.service, email);

    expect(
      refusalOf(await finishReset(browser, pending, { code, password: "short" })),
    ).toMatchObject({
      field: "password",
    });
    const step = await finishReset(browser, pending, { code, password: "a brand new password" });
    expect(step.kind).toBe("complete");

    await endSession(browser);
    expect(refusalOf(await startSignIn(browser, { email, password: PASSWORD })).status).toBe(422);
    const again = await startSignIn(browser, { email, password: "a brand new password" });
    expect(again.kind).not.toBe("refused");
  });

  it("of an address without an account looks the same all the way", async () => {
    const nobody = newEmail();
    const email = newEmail();
    await signUp(clerk.clerk(), email);
    const [there, notThere] = [clerk.clerk(), clerk.clerk()];
    const steps = [await startReset(there, email), await startReset(notThere, nobody)];
    expect(steps.map((step) => step.kind)).toEqual(["pending", "pending"]);

    const given = { code: wrong(await lastCode(clerk.service, email)), password: PASSWORD };
    const refusals = [
      refusalOf(await finishReset(there, pendingOf(steps[0]!, "reset"), given)),
      refusalOf(await finishReset(notThere, pendingOf(steps[1]!, "reset"), given)),
    ];
    expect(refusals[0]).toEqual(refusals[1]);
    const resent = await sendResetCode(notThere, pendingOf(steps[1]!, "reset"));
    expect(resent.kind).toBe("pending");
  });
});
