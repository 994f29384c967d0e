import { refusals } from "./errors.ts";
import { createId } from "./ids.ts";
import type { Caller, Instance } from "./instance.ts";
import type { Client, SignUp } from "./model.ts";
import { fillFromGoogle, takeOverGoogle } from "./oauth-transfers.ts";
import { startGoogle, type ReturnUrls } from "./oauth.ts";
import { checkPasswordRules, hashPassword } from "./passwords.ts";
import { activeSessions, createSession } from "./sessions.ts";
import { isReady } from "./sign-up-requirements.ts";
import { addUser, checkEmail, findUserByEmail } from "./users.ts";
import { attemptVerification, sendVerification } from "./verifications.ts";

export type SignUpFields = ReturnUrls & {
  strategy?: string;
  transfer?: string;
  email_address?: string;
  password?: string;
  first_name?: string;
  last_name?: string;
  legal_accepted?: string;
  unsafe_metadata?: string;
};

const ABANDON_MILLISECONDS = 24 * 3600 * 1000;

/**
 * Starts a sign-up on this browser; it replaces an earlier one. It can take over the Google account
 * of a sign-in whose person turned out to be new.
 *
 * @throws ClerkError when a field is refused, or somebody is signed in already
 */
export async function createSignUp(
  instance: Instance,
  client: Client,
  fields: SignUpFields,
  caller: Caller,
): Promise<SignUp> {
  if (activeSessions(instance, client).length > 0) throw refusals.sessionExists();
  const now = instance.clock.now();
  const signUp: SignUp = {
    id: createId("sua"),
    clientId: client.id,
    emailAddress: null,
    passwordHash: null,
    firstName: null,
    lastName: null,
    unsafeMetadata: {},
    legalAcceptedAt: null,
    emailVerification: null,
    externalAccount: null,
    createdSessionId: null,
    createdUserId: null,
    createdAt: now,
    abandonAt: now + ABANDON_MILLISECONDS,
  };
  await applyFields(instance, signUp, fields);
  if (fields.transfer === "true") {
    const { verification, profile } = takeOverGoogle(instance, client, "sign-in");
    signUp.externalAccount = verification;
    fillFromGoogle(instance, signUp, profile);
  } else if (fields.strategy === "oauth_google") {
    signUp.externalAccount = startGoogle(instance, signUp.id, fields);
  } else if (fields.strategy !== undefined) {
    throw refusals.invalidValue("strategy", fields.strategy);
  }

  instance.state.signUps[signUp.id] = signUp;
  client.signUpId = signUp.id;
  instance.changed();
  completeIfReady(instance, client, signUp, caller);
  return signUp;
}

/** Adds or corrects fields of a sign-up that is under way. */
export async function updateSignUp(
  instance: Instance,
  client: Client,
  signUp: SignUp,
  fields: SignUpFields,
  caller: Caller,
): Promise<SignUp> {
  await applyFields(instance, signUp, fields);
  instance.changed();
  completeIfReady(instance, client, signUp, caller);
  return signUp;
}

/** Mails the code that proves the address. */
export async function prepareSignUpVerification(
  instance: Instance,
  signUp: SignUp,
  strategy: string | undefined,
): Promise<void> {
  if (strategy !== "email_code") throw refusals.invalidValue("strategy", String(strategy));
  if (!signUp.emailAddress) throw refusals.missing("email_address");
  if (signUp.emailVerification?.status === "verified") throw refusals.alreadyVerified();
  signUp.emailVerification = await sendVerification(
    instance,
    "email_code",
    signUp.emailAddress,
    signUp.emailVerification,
  );
  instance.changed();
}

/** Checks the mailed code; the last missing proof makes the account and signs the browser in. */
export function attemptSignUpVerification(
  instance: Instance,
  client: Client,
  signUp: SignUp,
  given: { strategy?: string; code?: string },
  caller: Caller,
): void {
  if (given.strategy !== "email_code") {
    throw refusals.invalidValue("strategy", String(given.strategy));
  }
  try {
    attemptVerification(instance, signUp.emailVerification, "email_code", given.code);
  } finally {
    instance.changed(); // wrong tries are counted too
  }
  completeIfReady(instance, client, signUp, caller);
}

/**
 * The sign-up with this id, if it is the one this browser is working on.
 *
 * @throws ClerkError 404 for one of another browser, as for one that never was
 */
export function getSignUp(instance: Instance, client: Client, id: string): SignUp {
  const signUp = instance.state.signUps[id];
  if (signUp?.clientId !== client.id || instance.clock.now() > signUp.abandonAt) {
    throw refusals.signUpNotFound(id);
  }
  return signUp;
}

/** Makes the account once nothing is missing. */
export function completeIfReady(
  instance: Instance,
  client: Client,
  signUp: SignUp,
  caller: Caller,
): void {
  if (!signUp.emailAddress || !isReady(instance.settings, signUp) || signUp.createdUserId) return;
  // Somebody else may have proved the same address while this person looked for the code.
  if (findUserByEmail(instance.state, signUp.emailAddress)) throw refusals.identificationClaimed();

  const user = addUser(
    instance,
    {
      emailAddresses: [signUp.emailAddress],
      externalAccounts: signUp.externalAccount
        ? [{ id: createId("eac"), provider: "oauth_google", providerUserId: createId("google") }]
        : [],
      firstName: signUp.firstName,
      lastName: signUp.lastName,
      passwordHash: signUp.passwordHash,
      unsafeMetadata: signUp.unsafeMetadata,
      legalAcceptedAt: signUp.legalAcceptedAt,
    },
    caller,
  );
  signUp.createdUserId = user.id;
  signUp.createdSessionId = createSession(instance, client, user, caller).id;
  client.signUpId = null;
  client.signInId = null;
}

async function applyFields(
  instance: Instance,
  signUp: SignUp,
  fields: SignUpFields,
): Promise<void> {
  // Everything is checked before anything is changed.
  const email = fields.email_address === undefined ? undefined : checkEmail(fields.email_address);
  if (email && findUserByEmail(instance.state, email)) throw refusals.emailTaken();
  if (fields.password !== undefined) checkPasswordRules(fields.password);
  if (fields.legal_accepted === "false") throw refusals.legalNotAccepted();
  const metadata = fields.unsafe_metadata && parseMetadata(fields.unsafe_metadata);

  if (email !== undefined && email !== signUp.emailAddress) {
    signUp.emailAddress = email;
    signUp.emailVerification = null;
  }
  if (fields.password !== undefined) signUp.passwordHash = await hashPassword(fields.password);
  if (fields.first_name !== undefined) signUp.firstName = fields.first_name;
  if (fields.last_name !== undefined) signUp.lastName = fields.last_name;
  if (fields.legal_accepted === "true") signUp.legalAcceptedAt = instance.clock.now();
  if (metadata) signUp.unsafeMetadata = metadata;
}

function parseMetadata(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // refused below, like any other text that is no object
  }
  throw refusals.invalidValue("unsafe_metadata", text);
}
