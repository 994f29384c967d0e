import { refusals } from "./errors.ts";
import { createCode } from "./ids.ts";
import type { Instance } from "./instance.ts";
import type { Verification } from "./model.ts";

const RESEND_PAUSE_SECONDS = 30;

/**
 * Makes a new code and sends it; an earlier one of the same attempt becomes worthless.
 *
 * @param previous what was sent before in this attempt
 * @throws ClerkError 429 when the last code is less than 30 seconds old
 */
export async function sendVerification(
  instance: Instance,
  strategy: "email_code" | "reset_password_email_code",
  email: string,
  previous: Verification | null,
): Promise<Verification> {
  const now = instance.clock.now();
  if (instance.settings.rateLimits && previous?.strategy === strategy && previous.code) {
    const age = (now - previous.sentAt) / 1000;
    if (age < RESEND_PAUSE_SECONDS)
      throw refusals.tooManyCodes(Math.ceil(RESEND_PAUSE_SECONDS - age));
  }

  const code = createCode();
  const purpose = strategy === "email_code" ? "verification code" : "password reset code";
  await instance.sendCode(email, code, purpose);
  return {
    strategy,
    status: "unverified",
    code,
    attempts: 0,
    sentAt: now,
    expireAt: now + instance.settings.codeLifetimeSeconds * 1000,
  };
}

/**
 * Checks a typed code and marks the verification accordingly.
 *
 * @throws ClerkError when there is nothing to verify, the code is wrong, old or tried too often
 */
export function attemptVerification(
  instance: Instance,
  verification: Verification | null,
  strategy: string,
  code: string | undefined,
): void {
  if (!verification?.code || verification.strategy !== strategy)
    throw refusals.verificationMissing();
  if (!code) throw refusals.missing("code");
  if (verification.status === "verified") throw refusals.alreadyVerified();
  if (verification.status === "failed") throw refusals.verificationFailed();
  if (verification.status === "expired" || instance.clock.now() >= verification.expireAt) {
    verification.status = "expired";
    throw refusals.verificationExpired();
  }

  if (code !== verification.code) {
    verification.attempts += 1;
    if (verification.attempts >= instance.settings.maximumCodeAttempts)
      verification.status = "failed";
    throw refusals.wrongCode();
  }
  verification.status = "verified";
}

/** A factor that was proved without a code: a password, or an account elsewhere. */
export function verifiedBy(instance: Instance, strategy: Verification["strategy"]): Verification {
  const now = instance.clock.now();
  return { strategy, status: "verified", code: null, attempts: 1, sentAt: now, expireAt: now };
}
