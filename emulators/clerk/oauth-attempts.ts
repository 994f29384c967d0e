import { ClerkError, errorJson, refusals } from "./errors.ts";
import type { Caller, Instance } from "./instance.ts";
import type { Client, GoogleProfile, SignIn, SignUp, Verification } from "./model.ts";
import { fillFromGoogle, linkGoogle } from "./oauth-transfers.ts";
import { readGrant } from "./oauth.ts";
import { complete } from "./sign-ins.ts";
import { completeIfReady } from "./sign-ups.ts";

type GoogleAttempt = { client: Client; verification: Verification } & (
  { signIn: SignIn } | { signUp: SignUp }
);

/**
 * The browser is back from Google.
 *
 * @param client the browser; null when Clerk has not met it
 * @param answer what Google put into the address
 * @returns where the site wants the browser; the attempt says how it went
 * @throws ClerkError when this browser began no such attempt, or too long ago
 */
export function returnFromGoogle(
  instance: Instance,
  client: Client | null,
  answer: { state?: string; code?: string },
  caller: Caller,
): string {
  const attempt = findGoogleAttempt(instance, client, answer.state ?? "");
  const { verification } = attempt;
  const returnUrl = verification.returnUrl ?? instance.identity.appOrigin;
  try {
    if (!answer.code) throw refusals.consentDenied();
    const isComplete = completeGoogle(instance, attempt, readGrant(answer.code), caller);
    return isComplete ? (verification.completeUrl ?? returnUrl) : returnUrl;
  } catch (error) {
    if (!(error instanceof ClerkError)) throw error;
    Object.assign(verification, { status: "failed", error: errorJson(error) });
    return returnUrl;
  } finally {
    instance.changed();
  }
}

function findGoogleAttempt(instance: Instance, client: Client | null, id: string): GoogleAttempt {
  const signIn = instance.state.signIns[id];
  const signUp = instance.state.signUps[id];
  const verification = signIn?.firstFactor ?? signUp?.externalAccount;
  // Or anybody could be led into somebody else's account by a link to here.
  if (!client || client.id !== (signIn?.clientId ?? signUp?.clientId)) {
    throw refusals.verificationMissing();
  }
  if (verification?.strategy !== "oauth_google") throw refusals.verificationMissing();
  if (verification.status !== "unverified" || instance.clock.now() > verification.expireAt) {
    throw refusals.verificationExpired();
  }
  if (signIn) return { client, verification, signIn };
  if (signUp) return { client, verification, signUp };
  throw refusals.verificationMissing();
}

/**
 * The person consented: signs in who has this address, signs up who is new. The other way round
 * the attempt becomes transferable, and the site has to begin the other kind with it.
 */
function completeGoogle(
  instance: Instance,
  attempt: GoogleAttempt,
  profile: GoogleProfile,
  caller: Caller,
): boolean {
  const { client, verification } = attempt;
  const user = linkGoogle(instance, profile, caller);
  verification.status = "verified";

  if ("signIn" in attempt && user) {
    attempt.signIn.userId = user.id;
    complete(instance, client, attempt.signIn, user, caller);
    return true;
  }
  if ("signUp" in attempt && !user) {
    fillFromGoogle(instance, attempt.signUp, profile);
    completeIfReady(instance, client, attempt.signUp, caller);
    return attempt.signUp.createdSessionId !== null;
  }
  const why = user ? refusals.accountElsewhereExists() : refusals.accountElsewhereUnknown();
  Object.assign(verification, { status: "transferable", profile, error: errorJson(why) });
  return false;
}
