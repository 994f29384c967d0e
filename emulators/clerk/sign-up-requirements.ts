import type { SignUp } from "./model.ts";
import type { Settings } from "./settings.ts";

/** What the person still has to give. A Google account stands in for a password. */
export function missingFields(settings: Settings, signUp: SignUp): string[] {
  const hasGoogle = signUp.externalAccount?.status === "verified";
  const missing = [];
  if (!signUp.emailAddress) missing.push("email_address");
  if (!signUp.passwordHash && !hasGoogle) missing.push("password");
  if (settings.namesRequired && !signUp.firstName) missing.push("first_name");
  if (settings.namesRequired && !signUp.lastName) missing.push("last_name");
  return missing;
}

/** What was given but not proved. */
export function unverifiedFields(signUp: SignUp): string[] {
  const isProved = signUp.emailVerification?.status === "verified";
  return signUp.emailAddress && !isProved ? ["email_address"] : [];
}

/** `complete` once the account exists; `abandoned` is never said, the attempt is simply gone. */
export function signUpStatus(
  settings: Settings,
  signUp: SignUp,
): "complete" | "missing_requirements" {
  return signUp.createdUserId && isReady(settings, signUp) ? "complete" : "missing_requirements";
}

/** Whether the account can be made now. */
export function isReady(settings: Settings, signUp: SignUp): boolean {
  return missingFields(settings, signUp).length === 0 && unverifiedFields(signUp).length === 0;
}
