import { refusals } from "./errors.ts";
import { createId } from "./ids.ts";
import type { Caller, Instance } from "./instance.ts";
import type { Client, GoogleProfile, SignUp, User, Verification } from "./model.ts";
import { changeUser, checkEmail, checkMaySignIn, findUserByEmail } from "./users.ts";
import { verifiedBy } from "./verifications.ts";

/** Finds whose Google account this is and ties it to them. */
export function linkGoogle(
  instance: Instance,
  profile: GoogleProfile,
  caller: Caller,
): User | undefined {
  const user = findUserByEmail(instance.state, checkEmail(profile.email));
  if (!user) return undefined;
  checkMaySignIn(instance, user);
  if (user.externalAccounts.length > 0) return user;
  const account = {
    id: createId("eac"),
    provider: "oauth_google",
    providerUserId: createId("google"),
  } as const;
  return changeUser(instance, user, { externalAccounts: [account] }, caller);
}

/** Gives a sign-up what Google tells. */
export function fillFromGoogle(instance: Instance, signUp: SignUp, profile: GoogleProfile): void {
  Object.assign(signUp, {
    emailAddress: checkEmail(profile.email),
    firstName: profile.firstName || null,
    lastName: profile.lastName || null,
    emailVerification: verifiedBy(instance, "oauth_google"),
  });
}

/**
 * The consent of a sign-in by somebody who is new, for the sign-up that takes it over; or of a
 * sign-up by somebody known, for the sign-in that does.
 *
 * @throws ClerkError 400 when this browser has none to take over
 */
export function takeOverGoogle(
  instance: Instance,
  client: Client,
  from: "sign-in" | "sign-up",
): { verification: Verification; profile: GoogleProfile } {
  const { signIns, signUps } = instance.state;
  const verification =
    from === "sign-in"
      ? signIns[client.signInId ?? ""]?.firstFactor
      : signUps[client.signUpId ?? ""]?.externalAccount;
  if (verification?.status !== "transferable" || !verification.profile) {
    throw refusals.invalidState("transfer", `There is no ${from} to transfer.`);
  }
  const { error: _settled, ...taken } = verification;
  return { verification: { ...taken, status: "verified" }, profile: verification.profile };
}
