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

/**
 * Starts an account and mails the code that proves the address.
 *
 * @param clerk the browser's Frontend API
 * @param account e-mail and password
 * @returns a pending step, or why not
 * @throws ClerkUnavailableError
 */
export async function startSignUp(
  clerk: ClerkFrontend,
  account: { email: string; password: string },
): Promise<Step> {
  const reply = await startAttempt(clerk, "/client/sign_ups", {
    email_address: account.email,
    password: account.password,
  });
  if (!reply.ok) return refused(reply);

  const { id } = readAttempt(reply).response;
  return sendSignUpCode(clerk, { kind: "sign-up", id, email: account.email });
}

/**
 * Mails a new code; the one before is then worthless.
 *
 * @throws ClerkUnavailableError
 */
export async function sendSignUpCode(
  clerk: ClerkFrontend,
  pending: PendingOf<"sign-up">,
): Promise<Step> {
  const path = `/client/sign_ups/${encodeURIComponent(pending.id)}/prepare_verification`;
  const reply = await clerk.call("POST", path, { strategy: "email_code" });
  return reply.ok ? { kind: "pending", pending } : refused(reply);
}

/**
 * Checks the mailed code; the right one makes the account and signs in.
 *
 * @throws ClerkUnavailableError
 */
export async function verifySignUp(
  clerk: ClerkFrontend,
  pending: PendingOf<"sign-up">,
  code: string,
): Promise<Step> {
  const path = `/client/sign_ups/${encodeURIComponent(pending.id)}/attempt_verification`;
  const reply = await clerk.call("POST", path, { strategy: "email_code", code });
  if (!reply.ok) return refused(reply);
  return completed(readAttempt(reply)) ?? { kind: "refused", refusal: DEAD_END };
}
