import type { ClerkFrontend } from "~/lib/clerk-frontend.server";

import {
  completed,
  DEAD_END,
  readAttempt,
  refused,
  startAttempt,
  type Step,
} from "./clerk-flow.server";
import type { PendingOf } from "./pending.server";
import { STALE_ATTEMPT, type Refusal } from "./refusal";
import { afterFirstProof } from "./sign-in.server";
import { sendSignUpCode } from "./sign-up.server";

/** One of the two never proved that the address is theirs, so Clerk does not take Google's word. */
const HAS_PASSWORD: Refusal = {
  code: "needs_first_factor",
  status: 422,
  field: null,
  message: "There is an account with this e-mail already. Sign in with its password, or reset it.",
};

/** Clerk is set up to ask for more than Google tells, such as a name. */
const TOO_LITTLE: Refusal = {
  code: "missing_requirements",
  status: 422,
  field: null,
  message:
    "Google didn’t tell us all that a new account needs. Please create one with your e-mail.",
};

const UNANSWERED = ["needs_identifier", "needs_first_factor"];

/**
 * Starts "Continue with Google". It is a sign-in for everybody: who turns out to be new is signed
 * up on the way back, so both pages have the same button and nobody has to know which to press.
 *
 * @param clerk the browser's Frontend API
 * @param options.callbackUrl where the browser comes back; complete, on our origin
 * @param options.redirectTo where the person was going
 * @returns pending with the address of the consent page, or why not
 * @throws ClerkUnavailableError
 */
export async function startGoogle(
  clerk: ClerkFrontend,
  { callbackUrl, redirectTo }: { callbackUrl: string; redirectTo: string },
): Promise<Step> {
  const reply = await startAttempt(clerk, "/client/sign_ins", {
    strategy: "oauth_google",
    redirect_url: callbackUrl,
    // However it ends, it ends with us: only our answer sets all the cookies.
    action_complete_redirect_url: callbackUrl,
  });
  if (!reply.ok) return refused(reply);

  const { id, first_factor_verification: consent } = readAttempt(reply).response;
  const consentUrl = consent?.external_verification_redirect_url;
  if (!consentUrl) return { kind: "refused", refusal: DEAD_END };
  return { kind: "pending", pending: { kind: "google", id, redirectTo }, consentUrl };
}

/**
 * Goes on when the browser is back. What was decided at Google is Clerk's to say: nothing in the
 * address counts.
 *
 * @param clerk the browser's Frontend API
 * @param pending the attempt this browser began
 * @returns complete; pending when a code is asked for as well; or why not
 * @throws ClerkUnavailableError
 */
export async function finishGoogle(
  clerk: ClerkFrontend,
  pending: PendingOf<"google">,
): Promise<Step> {
  const reply = await clerk.call("GET", `/client/sign_ins/${encodeURIComponent(pending.id)}`);
  if (!reply.ok) return refused(reply);

  const attempt = readAttempt(reply);
  const { status, first_factor_verification: consent } = attempt.response;
  // Before its error, which only says that nobody has this Google account yet.
  if (consent?.status === "transferable") return signUpInstead(clerk);
  if (consent?.error) {
    return refused({ ok: false, status: 422, errors: [consent.error], retryAfterSeconds: null });
  }
  if (status === "needs_first_factor" && consent?.status === "verified") {
    return { kind: "refused", refusal: HAS_PASSWORD };
  }
  // Google has said nothing: the person turned back, or took too long.
  if (UNANSWERED.includes(status)) return { kind: "refused", refusal: STALE_ATTEMPT };
  return afterFirstProof(clerk, attempt, null);
}

/** Makes an account of what Google told Clerk. */
async function signUpInstead(clerk: ClerkFrontend): Promise<Step> {
  const reply = await clerk.call("POST", "/client/sign_ups", { transfer: "true" });
  if (!reply.ok) return refused(reply);

  const attempt = readAttempt(reply);
  const done = completed(attempt);
  if (done) return done;

  // Nothing is missing but the proof of the address: the same as after our own form.
  const { id, email_address: email, missing_fields: missing } = attempt.response;
  return email && missing?.length === 0
    ? sendSignUpCode(clerk, { kind: "sign-up", id, email })
    : { kind: "refused", refusal: TOO_LITTLE };
}
