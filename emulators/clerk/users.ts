import { refusals } from "./errors.ts";
import { createId } from "./ids.ts";
import type { Caller, Instance } from "./instance.ts";
import type { State, User } from "./model.ts";
import { userJson } from "./present-user.ts";

export type NewUser = {
  /** A fixed id, for seeds; otherwise one is made. */
  id?: string;
  emailAddresses: string[];
  externalAccounts?: User["externalAccounts"];
  firstName?: string | null;
  lastName?: string | null;
  passwordHash?: string | null;
  publicMetadata?: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
  unsafeMetadata?: Record<string, unknown>;
  externalId?: string | null;
  bypassClientTrust?: boolean;
  legalAcceptedAt?: number | null;
  createdAt?: number;
};

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Clerk compares addresses without regard to case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** @throws ClerkError 422 when the text is no e-mail address */
export function checkEmail(email: string): string {
  const normalized = normalizeEmail(email);
  if (!EMAIL.test(normalized)) throw refusals.invalidEmail("email_address");
  return normalized;
}

export function findUserByEmail(state: State, email: string): User | undefined {
  const wanted = normalizeEmail(email);
  return Object.values(state.users).find((user) =>
    user.emailAddresses.some((candidate) => candidate.address === wanted),
  );
}

/** @throws ClerkError 404 when there is no such user */
export function getUser(state: State, id: string): User {
  const user = state.users[id];
  if (!user) throw refusals.userNotFound(id);
  return user;
}

/** Builds a user; addresses count as verified. Nothing is stored. */
export function buildUser(instance: Instance, fields: NewUser): User {
  const createdAt = fields.createdAt ?? instance.clock.now();
  return {
    id: fields.id ?? createId("user"),
    externalId: fields.externalId ?? null,
    emailAddresses: fields.emailAddresses.map((address) => ({
      id: createId("idn"),
      address: normalizeEmail(address),
      isVerified: true,
    })),
    externalAccounts: fields.externalAccounts ?? [],
    firstName: fields.firstName ?? null,
    lastName: fields.lastName ?? null,
    passwordHash: fields.passwordHash ?? null,
    passwordUpdatedAt: fields.passwordHash ? createdAt : null,
    publicMetadata: fields.publicMetadata ?? {},
    privateMetadata: fields.privateMetadata ?? {},
    unsafeMetadata: fields.unsafeMetadata ?? {},
    isBanned: false,
    bypassClientTrust: fields.bypassClientTrust ?? false,
    failedAttempts: 0,
    lockedUntil: null,
    legalAcceptedAt: fields.legalAcceptedAt ?? null,
    lastSignInAt: null,
    lastActiveAt: null,
    createdAt,
    updatedAt: createdAt,
  };
}

/** Stores a new user and tells the webhook. The caller has checked that the address is free. */
export function addUser(instance: Instance, fields: NewUser, caller: Caller): User {
  const user = buildUser(instance, fields);
  instance.state.users[user.id] = user;
  instance.changed();
  instance.emit("user.created", userJson(instance, user), caller);
  return user;
}

/** Stores changes to a user and tells the webhook. */
export function changeUser(
  instance: Instance,
  user: User,
  changes: Partial<User>,
  caller: Caller,
): User {
  Object.assign(user, changes, { updatedAt: instance.clock.now() });
  instance.changed();
  instance.emit("user.updated", userJson(instance, user), caller);
  return user;
}

/** @throws ClerkError 403 when the user is banned or locked */
export function checkMaySignIn(instance: Instance, user: User): void {
  if (user.isBanned) throw refusals.banned();
  const seconds = lockedForSeconds(instance, user);
  if (seconds !== null) throw refusals.locked(seconds);
}

/** Seconds until the lock ends, or null when the user is not locked. */
export function lockedForSeconds(instance: Instance, user: User): number | null {
  if (user.lockedUntil === null) return null;
  const left = Math.ceil((user.lockedUntil - instance.clock.now()) / 1000);
  return left > 0 ? left : null;
}

/**
 * Counts a failed password or code, and locks the account at the limit.
 *
 * @throws ClerkError 403 when this failure locked it
 */
export function countFailure(instance: Instance, user: User): void {
  const { maximumFailedAttempts, lockoutSeconds } = instance.settings;
  // A lock that has run out gives a fresh set of tries.
  if (user.lockedUntil !== null) Object.assign(user, { lockedUntil: null, failedAttempts: 0 });
  user.failedAttempts += 1;
  instance.changed();
  if (user.failedAttempts < maximumFailedAttempts) return;

  user.lockedUntil = instance.clock.now() + lockoutSeconds * 1000;
  throw refusals.locked(lockoutSeconds);
}

/** A sign-in succeeded: earlier failures are forgiven. */
export function forgiveFailures(user: User): void {
  user.failedAttempts = 0;
  user.lockedUntil = null;
}
