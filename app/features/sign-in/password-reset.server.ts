import type { ClerkFrontend } from "~/lib/clerk-frontend.server";

import { readAttempt, refused, startAttempt, type Step } from "./clerk-flow.server";
import type { PendingOf } from "./pending.server";
import { wordRefusal } from "./refusal";
import { afterFirstProof } from "./sign-in.server";

const STRATEGY = "reset_password_email_code";

/** Refusals that would tell a stranger whether an address has an account here. */
const TELLS_WHO_IS_HERE = [
  "form_identifier_not_found",
  "no_password_set",
  "strategy_for_user_invalid",
  "user_banned",
];

/**
 * Mails a code for a new password, if the address has an account.
 *
 * @param clerk the browser's Frontend API
 * @param email the address
 * @returns a pending step either way: the answer must not tell which it was
 * @throws ClerkUnavailableError
 */
export async function startReset(clerk: ClerkFrontend, email: string): Promise<Step> {
  const reply = await startAttempt(clerk, "/client/sign_ins", {
    strategy: STRATEGY,
    identifier: email,
  });
  if (reply.ok) {
    const { id } = readAttempt(reply).response;
    return { kind: "pending", pending: { kind: "reset", id, email } };
  }
  if (TELLS_WHO_IS_HERE.includes(reply.errors[0]?.code ?? "")) {
    return { kind: "pending", pending: { kind: "reset", id: null, email } };
  }
  return refused(reply);
}

/**
 * Mails a new code; the one before is then worthless.
 *
 * @throws ClerkUnavailableError
 */
export async function sendResetCode(
  clerk: ClerkFrontend,
  pending: PendingOf<"reset">,
): Promise<Step> {
  if (pending.id === null) return { kind: "pending", pending };
  return startReset(clerk, pending.email);
}

/**
 * Sets the new password of whoever has the code, and signs them in here and out everywhere else.
 *
 * @throws ClerkUnavailableError
 */
export async function finishReset(
  clerk: ClerkFrontend,
  pending: PendingOf<"reset">,
  given: { code: string; password: string },
): Promise<Step> {
  if (pending.id === null) return { kind: "refused", refusal: WRONG_CODE };

  const path = `/client/sign_ins/${encodeURIComponent(pending.id)}`;
  const checked = await clerk.call("POST", `${path}/attempt_first_factor`, {
    strategy: STRATEGY,
    code: given.code,
  });
  // The code was right the last time and only the password was refused: it can't be used twice.
  const isCheckedAlready = !checked.ok && ALREADY_CHECKED.includes(checked.errors[0]?.code ?? "");
  if (!checked.ok && !isCheckedAlready) return refused(checked);

  const reply = await clerk.call("POST", `${path}/reset_password`, {
    password: given.password,
    sign_out_of_other_sessions: "true",
  });
  if (!reply.ok) return refused(reply);

  // The password is set; a second factor is asked for as at any sign-in.
  return afterFirstProof(clerk, readAttempt(reply), pending.email);
}

const ALREADY_CHECKED = ["client_state_invalid", "verification_already_verified"];

const WRONG_CODE = wordRefusal({
  status: 422,
  errors: [{ code: "form_code_incorrect", message: "", meta: {} }],
  retryAfterSeconds: null,
});
