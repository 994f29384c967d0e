import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

import { refusals } from "./errors.ts";

const MINIMUM_CHARACTERS = 8;
const MAXIMUM_CHARACTERS = 72;

/** Cheaper than production would choose: every sign-in of the browser tests waits for it. */
const COST = { N: 4096, r: 8, p: 1 };
const HASH_BYTES = 32;

/** Clerk asks haveibeenpwned.com; without internet, the first ones of every leaked list. */
const LEAKED = new Set([
  "password",
  "password1",
  "password123",
  "12345678",
  "123456789",
  "1234567890",
  "qwerty123",
  "qwertyuiop",
  "iloveyou",
  "sunshine",
  "princess",
  "football",
  "baseball",
  "superman",
  "11111111",
  "letmein1",
  "welcome1",
  "abcd1234",
  "trustno1",
]);

/** Hashes of this process's seeding: hundreds of demo users share one password. */
const seeded = new Map<string, Promise<string>>();

/** @returns salt and hash as hex, joined by a colon */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString("hex")}:${(await derive(password, salt)).toString("hex")}`;
}

/** As `hashPassword`, but computed once per password. Only for seeding: equal hashes tell that passwords are equal. */
export function hashSeedPassword(password: string): Promise<string> {
  const known = seeded.get(password);
  if (known) return known;
  const hash = hashPassword(password);
  seeded.set(password, hash);
  return hash;
}

/** Whether the password is the one that was hashed. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [salt = "", hash = ""] = stored.split(":");
  const expected = Buffer.from(hash, "hex");
  const actual = await derive(password, Buffer.from(salt, "hex"));
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}

/** @throws ClerkError (422) when Clerk's default rules refuse the password */
export function checkPasswordRules(password: string): void {
  if (password.length < MINIMUM_CHARACTERS) throw refusals.passwordTooShort(MINIMUM_CHARACTERS);
  if (password.length > MAXIMUM_CHARACTERS) throw refusals.passwordTooLong(MAXIMUM_CHARACTERS);
  if (LEAKED.has(password.toLowerCase())) throw refusals.passwordPwned();
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
