import type { Submission } from "@conform-to/react";
import { data, redirect } from "@remix-run/node";

import { clerkCookieNames, parseSetCookie, sessionCookies } from "~/lib/clerk-cookies.server";
import type { ClerkFrontend } from "~/lib/clerk-frontend.server";
import { peekToken } from "~/lib/clerk-token.server";
import { getEnv } from "~/lib/env.server";
import { redirectWithFlash } from "~/lib/flash.server";
import {
  sessionsPath,
  signInPath,
  signInVerifyPath,
  signUpVerifyPath,
  welcomePath,
} from "~/lib/paths";

import { forgetPending, rememberPending } from "./pending.server";
import type { Refusal } from "./refusal";
import type { Taken } from "./take-step.server";

/** Typed secrets never travel back into a page. */
const SECRET_FIELDS = ["password", "code"];

/**
 * Answers a form of sign-up, sign-in or password reset.
 *
 * @param taken the step it led to
 * @param submission the form, to show again when it is refused
 * @param next.codePath the page that asks for a code
 * @param next.donePath where a signed-in person goes
 * @returns a redirect with the cookies of the new state, or the form again with a status
 */
export async function answerStep(
  { step, clerk }: Taken,
  submission: Submission<unknown, string[]>,
  next: { codePath: string; donePath: string },
) {
  if (step.kind === "complete") {
    return redirect(next.donePath, {
      status: 303,
      headers: await signedInHeaders(clerk, step.token),
    });
  }
  const headers = headersOf(clerk.setCookies());
  if (step.kind === "pending") {
    headers.append("Set-Cookie", await rememberPending(step.pending));
    return redirect(next.codePath, { status: 303, headers });
  }
  const { status, retryAfterSeconds } = step.refusal;
  if (retryAfterSeconds) headers.set("Retry-After", String(Math.ceil(retryAfterSeconds)));
  return data(showRefusal(submission, step.refusal), { status, headers });
}

/**
 * Answers the button that asks for another code.
 *
 * @param taken the step it led to
 * @param codePath the page that asks for the code
 * @returns a redirect there, with a message
 */
export async function answerResend({ step, clerk }: Taken, codePath: string): Promise<Response> {
  const headers = headersOf(clerk.setCookies());
  if (step.kind === "pending") headers.append("Set-Cookie", await rememberPending(step.pending));
  const flash =
    step.kind === "refused"
      ? ({ kind: "error", title: step.refusal.message } as const)
      : ({ kind: "success", title: "We sent you a new code." } as const);
  return redirectWithFlash(codePath, flash, { headers });
}

/**
 * Answers "Continue with Google", and the way back from there.
 *
 * @param taken the step it led to
 * @param redirectTo where the person was going; empty when nowhere in particular
 * @returns a redirect: to Google's page, to ours that asks for a code, to where the person was
 *   going, or to sign-in with a message
 */
export async function answerGoogle({ step, clerk }: Taken, redirectTo: string): Promise<Response> {
  if (step.kind === "complete") {
    const path = step.isNew ? welcomePath(redirectTo) : redirectTo || sessionsPath();
    return redirect(path, { status: 303, headers: await signedInHeaders(clerk, step.token) });
  }
  const headers = headersOf(clerk.setCookies());
  if (step.kind === "refused") {
    headers.append("Set-Cookie", await forgetPending());
    const flash = { kind: "error", title: step.refusal.message } as const;
    return redirectWithFlash(signInPath(redirectTo), flash, { headers });
  }
  headers.append("Set-Cookie", await rememberPending(step.pending));
  const codePath = step.pending.kind === "sign-up" ? signUpVerifyPath : signInVerifyPath;
  const next = "consentUrl" in step ? step.consentUrl : codePath(redirectTo);
  return redirect(next, { status: 303, headers });
}

/**
 * @param submission a form of sign-in that has the wrong shape
 * @returns the form again: 400, without what was typed as password or code
 */
export function answerInvalid(submission: Submission<unknown, string[]>) {
  return data(submission.reply({ hideFields: SECRET_FIELDS }), { status: 400 });
}

function showRefusal(submission: Submission<unknown, string[]>, { field, message }: Refusal) {
  const isOnForm = field !== null && submission.payload[field] !== undefined;
  return submission.reply({
    hideFields: SECRET_FIELDS,
    ...(isOnForm ? { fieldErrors: { [field]: [message] } } : { formErrors: [message] }),
  });
}

async function signedInHeaders(clerk: ClerkFrontend, token: string): Promise<Headers> {
  const env = getEnv();
  const own = sessionCookies(
    clerkCookieNames(env.CLERK_PUBLISHABLE_KEY),
    token,
    peekToken(token)?.iat ?? 0,
    env.APP_ORIGIN.startsWith("https:"),
  );
  const names = new Set(own.map((setCookie) => parseSetCookie(setCookie).name));
  const relayed = clerk
    .setCookies()
    .filter((setCookie) => !names.has(parseSetCookie(setCookie).name));
  return headersOf([...relayed, ...own, await forgetPending()]);
}

function headersOf(setCookies: readonly string[]): Headers {
  const headers = new Headers();
  for (const setCookie of setCookies) headers.append("Set-Cookie", setCookie);
  return headers;
}
