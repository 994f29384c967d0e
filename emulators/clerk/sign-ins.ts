import { refusals } from "./errors.ts";
import { createId } from "./ids.ts";
import type { Caller, Instance } from "./instance.ts";
import type { Client, SignIn, User } from "./model.ts";
import { linkGoogle, takeOverGoogle } from "./oauth-transfers.ts";
import { startGoogle, type ReturnUrls } from "./oauth.ts";
import { checkPasswordRules, hashPassword, verifyPassword } from "./passwords.ts";
import { activeSessions, createSession, endSessionsOf } from "./sessions.ts";
import { changeUser, checkMaySignIn, countFailure, findUserByEmail } from "./users.ts";
import { attemptVerification, sendVerification, verifiedBy } from "./verifications.ts";

export type SignInFields = ReturnUrls & {
  strategy?: string;
  identifier?: string;
  password?: string;
  transfer?: string;
};

export type AttemptFields = { strategy?: string; password?: string; code?: string };

const CODE_STRATEGIES = ["email_code", "reset_password_email_code"] as const;
type CodeStrategy = (typeof CODE_STRATEGIES)[number];

/**
 * Starts a sign-in on this browser; it replaces an earlier one. It can take over the Google account
 * of a sign-up whose person turned out to be known. With a password it goes as far as it can, with a code strategy it mails the code, with neither it tells the ways there are.
 *
 * @throws ClerkError when somebody is signed in already, or the credentials are refused
 */
export async function createSignIn(
  instance: Instance,
  client: Client,
  fields: SignInFields,
  caller: Caller,
): Promise<SignIn> {
  if (activeSessions(instance, client).length > 0) throw refusals.sessionExists();
  const strategy = fields.strategy ?? (fields.password === undefined ? undefined : "password");
  const signIn: SignIn = {
    id: createId("sia"),
    clientId: client.id,
    userId: null,
    identifier: null,
    status: "needs_identifier",
    firstFactor: null,
    secondFactor: null,
    createdSessionId: null,
    createdAt: instance.clock.now(),
  };

  if (fields.transfer === "true") {
    const { verification, profile } = takeOverGoogle(instance, client, "sign-up");
    const user = linkGoogle(instance, profile, caller);
    if (!user) throw refusals.accountElsewhereUnknown();
    Object.assign(signIn, { userId: user.id, firstFactor: verification });
    complete(instance, client, signIn, user, caller);
  } else if (strategy === "oauth_google") {
    signIn.firstFactor = startGoogle(instance, signIn.id, fields);
  } else {
    const user = identify(instance, signIn, fields.identifier);
    if (strategy === "password") {
      await passWithPassword(instance, client, signIn, user, fields.password, caller);
    } else if (strategy !== undefined) {
      await prepareFirstFactor(instance, signIn, strategy);
    }
  }

  instance.state.signIns[signIn.id] = signIn;
  if (signIn.status !== "complete") client.signInId = signIn.id;
  instance.changed();
  return signIn;
}

/** Mails the code of a first factor. */
export async function prepareFirstFactor(
  instance: Instance,
  signIn: SignIn,
  strategy: string | undefined,
): Promise<void> {
  if (!isCodeStrategy(strategy)) throw refusals.invalidValue("strategy", String(strategy));
  if (signIn.status !== "needs_first_factor") throw wrongState("prepare first factor");
  const user = userOf(instance, signIn);
  if (strategy === "reset_password_email_code" && !user.passwordHash) throw refusals.noPassword();
  signIn.firstFactor = await sendVerification(
    instance,
    strategy,
    primaryEmail(user),
    signIn.firstFactor,
  );
  instance.changed();
}

/** Checks a password or the mailed code of a first factor. */
export async function attemptFirstFactor(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  given: AttemptFields,
  caller: Caller,
): Promise<void> {
  if (signIn.status !== "needs_first_factor") throw wrongState("attempt first factor");
  const user = userOf(instance, signIn);
  if (given.strategy === "password") {
    return passWithPassword(instance, client, signIn, user, given.password, caller);
  }
  if (!isCodeStrategy(given.strategy))
    throw refusals.invalidValue("strategy", String(given.strategy));

  // A new password that breaks the rules must not use up the code.
  if (given.password !== undefined) checkPasswordRules(given.password);
  passCode(instance, user, () =>
    attemptVerification(instance, signIn.firstFactor, given.strategy ?? "", given.code),
  );
  if (given.strategy === "email_code") return complete(instance, client, signIn, user, caller);
  signIn.status = "needs_new_password";
  instance.changed();
  if (given.password !== undefined) {
    await resetPassword(instance, client, signIn, { password: given.password }, caller);
  }
}

/** Mails the code that Device Trust asks for. */
export async function prepareSecondFactor(
  instance: Instance,
  signIn: SignIn,
  given: { strategy?: string; email_address_id?: string },
): Promise<void> {
  if (given.strategy !== "email_code") {
    throw refusals.invalidValue("strategy", String(given.strategy));
  }
  if (signIn.status !== "needs_client_trust") throw wrongState("prepare second factor");
  const user = userOf(instance, signIn);
  const email = given.email_address_id
    ? user.emailAddresses.find((candidate) => candidate.id === given.email_address_id)?.address
    : primaryEmail(user);
  if (!email) throw refusals.invalidValue("email_address_id", given.email_address_id ?? "");
  signIn.secondFactor = await sendVerification(instance, "email_code", email, signIn.secondFactor);
  instance.changed();
}

/** Checks the code that Device Trust asked for. */
export function attemptSecondFactor(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  given: AttemptFields,
  caller: Caller,
): void {
  if (given.strategy !== "email_code") {
    throw refusals.invalidValue("strategy", String(given.strategy));
  }
  if (signIn.status !== "needs_client_trust") throw wrongState("attempt second factor");
  const user = userOf(instance, signIn);
  passCode(instance, user, () =>
    attemptVerification(instance, signIn.secondFactor, "email_code", given.code),
  );
  complete(instance, client, signIn, user, caller, true);
}

/** Sets the new password of a person who proved the address, and signs the browser in. */
export async function resetPassword(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  given: { password?: string; sign_out_of_other_sessions?: string },
  caller: Caller,
): Promise<void> {
  if (signIn.status !== "needs_new_password") throw wrongState("reset password");
  if (given.password === undefined) throw refusals.missing("password");
  checkPasswordRules(given.password);

  const user = userOf(instance, signIn);
  const passwordHash = await hashPassword(given.password);
  changeUser(instance, user, { passwordHash, passwordUpdatedAt: instance.clock.now() }, caller);
  complete(instance, client, signIn, user, caller);
  if (given.sign_out_of_other_sessions === "true") {
    endSessionsOf(instance, user.id, caller, signIn.createdSessionId ?? undefined);
  }
}

/**
 * The sign-in with this id, if it is the one this browser is working on.
 *
 * @throws ClerkError 404 for one of another browser, 403 for one that a newer replaced
 */
export function getSignIn(instance: Instance, client: Client, id: string): SignIn {
  const signIn = instance.state.signIns[id];
  if (signIn?.clientId !== client.id) throw refusals.signInNotFound(id);
  if (client.signInId && client.signInId !== id) throw refusals.olderAttempt("sign in");
  return signIn;
}

/** Ends a sign-in with a session. */
export function complete(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  user: User,
  caller: Caller,
  usedSecondFactor = false,
): void {
  signIn.status = "complete";
  signIn.createdSessionId = createSession(instance, client, user, caller, usedSecondFactor).id;
  client.signInId = null;
  client.signUpId = null;
}

function identify(instance: Instance, signIn: SignIn, identifier: string | undefined): User {
  if (!identifier) throw refusals.missing("identifier");
  const user = findUserByEmail(instance.state, identifier);
  if (!user) throw refusals.unknownIdentifier();
  checkMaySignIn(instance, user);
  Object.assign(signIn, { userId: user.id, identifier, status: "needs_first_factor" });
  return user;
}

async function passWithPassword(
  instance: Instance,
  client: Client,
  signIn: SignIn,
  user: User,
  password: string | undefined,
  caller: Caller,
): Promise<void> {
  if (password === undefined) throw refusals.missing("password");
  if (!user.passwordHash) throw refusals.wrongStrategy();
  checkMaySignIn(instance, user);
  if (!(await verifyPassword(password, user.passwordHash))) {
    countFailure(instance, user);
    throw refusals.wrongPassword();
  }

  signIn.firstFactor = verifiedBy(instance, "password");
  const isTrusted =
    !instance.settings.deviceTrust ||
    user.bypassClientTrust ||
    client.trustedUserIds.includes(user.id);
  if (isTrusted) return complete(instance, client, signIn, user, caller);
  signIn.status = "needs_client_trust";
}

/** Runs a check of a code; a wrong one counts towards the lock of the account. */
function passCode(instance: Instance, user: User, check: () => void): void {
  checkMaySignIn(instance, user);
  try {
    check();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "form_code_incorrect") {
      countFailure(instance, user);
    }
    throw error;
  } finally {
    instance.changed();
  }
}

function userOf(instance: Instance, signIn: SignIn): User {
  const user = signIn.userId ? instance.state.users[signIn.userId] : undefined;
  if (!user) throw refusals.signInNotFound(signIn.id);
  return user;
}

function primaryEmail(user: User): string {
  const [email] = user.emailAddresses;
  if (!email) throw refusals.wrongStrategy();
  return email.address;
}

function isCodeStrategy(strategy: string | undefined): strategy is CodeStrategy {
  return CODE_STRATEGIES.some((known) => known === strategy);
}

function wrongState(action: string) {
  return refusals.invalidState(action, "Start a new sign in.");
}
