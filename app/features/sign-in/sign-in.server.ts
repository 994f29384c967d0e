import type { ClerkFrontend } from "~/lib/clerk-frontend.server";

import {
  completed,
  DEAD_END,
  readAttempt,
  refused,
  startAttempt,
  type Attempt,
  type Step,
} from "./clerk-flow.server";
import type { PendingOf } from "./pending.server";

/** Clerk wants a second proof: the device is new, or the person asked for it. */
const NEEDS_CODE = ["needs_client_trust", "needs_second_factor"];

/**
 * Signs in with a password.
 *
 * @param clerk the browser's Frontend API
 * @param credentials e-mail and password
 * @returns complete; pending when a code is asked for as well; or why not
 * @throws ClerkUnavailableError
 */
export async function startSignIn(
  clerk: ClerkFrontend,
  credentials: { email: string; password: string },
): Promise<Step> {
  const { email, password } = credentials;
  const reply = await startAttempt(clerk, "/client/sign_ins", {
    strategy: "password",
    identifier: email,
    password,
  });
  return reply.ok ? afterFirstProof(clerk, readAttempt(reply), email) : refused(reply);
}

/**
 * Goes on once the password, or Google, was accepted.
 *
 * @param clerk the browser's Frontend API
 * @param attempt the sign-in
 * @param email of whom; null when only Clerk knows
 * @returns complete; pending when a code is asked for as well; or why not
 * @throws ClerkUnavailableError
 */
export async function afterFirstProof(
  clerk: ClerkFrontend,
  attempt: Attempt,
  email: string | null,
): Promise<Step> {
  const { id, status, supported_second_factors: factors } = attempt.response;
  if (!NEEDS_CODE.includes(status)) {
    return completed(attempt) ?? { kind: "refused", refusal: DEAD_END };
  }

  const mail = factors?.find((factor) => factor.strategy === "email_code");
  if (mail) {
    const emailAddressId = mail.email_address_id ?? undefined;
    return sendSignInCode(clerk, {
      kind: "sign-in",
      id,
      email,
      strategy: "email_code",
      emailAddressId,
    });
  }
  if (factors?.some((factor) => factor.strategy === "totp")) {
    return { kind: "pending", pending: { kind: "sign-in", id, email, strategy: "totp" } };
  }
  return { kind: "refused", refusal: DEAD_END };
}

/**
 * Mails a new code; the one before is then worthless. A code from an app is not mailed.
 *
 * @throws ClerkUnavailableError
 */
export async function sendSignInCode(
  clerk: ClerkFrontend,
  pending: PendingOf<"sign-in">,
): Promise<Step> {
  if (pending.strategy === "totp") return { kind: "pending", pending };
  const reply = await clerk.call("POST", `${pathOf(pending.id)}/prepare_second_factor`, {
    strategy: "email_code",
    ...(pending.emailAddressId ? { email_address_id: pending.emailAddressId } : {}),
  });
  return reply.ok ? { kind: "pending", pending } : refused(reply);
}

/**
 * Checks the code of a new device or an authenticator app.
 *
 * @throws ClerkUnavailableError
 */
export async function verifySignIn(
  clerk: ClerkFrontend,
  pending: PendingOf<"sign-in">,
  code: string,
): Promise<Step> {
  const reply = await clerk.call("POST", `${pathOf(pending.id)}/attempt_second_factor`, {
    strategy: pending.strategy,
    code,
  });
  if (!reply.ok) return refused(reply);
  return completed(readAttempt(reply)) ?? { kind: "refused", refusal: DEAD_END };
}

/**
 * Ends this browser's session at Clerk. The browser stays known, so that its person is not asked
 * for a code again.
 *
 * @throws ClerkUnavailableError
 */
export async function endSession(clerk: ClerkFrontend): Promise<void> {
  await clerk.call("DELETE", "/client/sessions");
}

function pathOf(id: string): string {
  return `/client/sign_ins/${encodeURIComponent(id)}`;
}
