import { refusals } from "./errors.ts";
import { createId } from "./ids.ts";
import type { Caller, Instance } from "./instance.ts";
import type { Client, SignIn, SignUp, Verification } from "./model.ts";
import { complete } from "./sign-ins.ts";
import { completeIfReady } from "./sign-ups.ts";
import { changeUser, checkEmail, checkMaySignIn, findUserByEmail } from "./users.ts";
import { verifiedBy } from "./verifications.ts";

export type GoogleAttempt = { client: Client; verification: Verification } & (
  { signIn: SignIn } | { signUp: SignUp }
);

type GoogleProfile = { email: string; firstName: string; lastName: string };

/**
 * The attempt that waits for Google's word.
 *
 * @throws ClerkError 400 when there is none, or it waited too long
 */
export function findGoogleAttempt(instance: Instance, id: string): GoogleAttempt {
  const { signIns, signUps, clients } = instance.state;
  const signIn = signIns[id];
  const signUp = signUps[id];
  const verification = signIn?.firstFactor ?? signUp?.externalAccount;
  const client = clients[signIn?.clientId ?? signUp?.clientId ?? ""];
  if (!client || verification?.strategy !== "oauth_google") throw refusals.verificationMissing();
  if (verification.status !== "unverified" || instance.clock.now() > verification.expireAt) {
    throw refusals.verificationExpired();
  }
  if (signIn) return { client, verification, signIn };
  if (signUp) return { client, verification, signUp };
  throw refusals.verificationMissing();
}

/** The person pressed cancel. */
export function refuseGoogle(instance: Instance, { verification }: GoogleAttempt): void {
  verification.status = "failed";
  instance.changed();
}

/**
 * The person consented: signs in who has this address. A sign-in of somebody unknown becomes
 * transferable, a sign-up of somebody known signs in, as at Clerk.
 */
export function completeGoogle(
  instance: Instance,
  attempt: GoogleAttempt,
  profile: GoogleProfile,
  caller: Caller,
): void {
  const email = checkEmail(profile.email);
  const user = findUserByEmail(instance.state, email);
  attempt.verification.status = "verified";

  if (user) {
    checkMaySignIn(instance, user);
    if (user.externalAccounts.length === 0) {
      const account = {
        id: createId("eac"),
        provider: "oauth_google",
        providerUserId: createId("google"),
      } as const;
      changeUser(instance, user, { externalAccounts: [account] }, caller);
    }
    const signIn = "signIn" in attempt ? attempt.signIn : signInInstead(instance, attempt.signUp);
    Object.assign(signIn, { userId: user.id, identifier: email });
    complete(instance, attempt.client, signIn, user, caller);
    return;
  }

  if ("signIn" in attempt) {
    attempt.verification.status = "transferable";
    instance.changed();
    return;
  }
  Object.assign(attempt.signUp, {
    emailAddress: email,
    firstName: profile.firstName || null,
    lastName: profile.lastName || null,
    emailVerification: verifiedBy(instance, "oauth_google"),
  });
  completeIfReady(instance, attempt.client, attempt.signUp, caller);
}

function signInInstead(instance: Instance, signUp: SignUp): SignIn {
  const signIn: SignIn = {
    id: createId("sia"),
    clientId: signUp.clientId,
    userId: null,
    identifier: null,
    status: "needs_first_factor",
    firstFactor: signUp.externalAccount,
    secondFactor: null,
    createdSessionId: null,
    createdAt: instance.clock.now(),
  };
  instance.state.signIns[signIn.id] = signIn;
  return signIn;
}
