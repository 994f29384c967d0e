import type Stripe from "stripe";

import { changesBetween } from "../api/changes-between.ts";
import type { Emulator } from "../emulator.ts";
import { noRequirements } from "./account-object.ts";

/** What Stripe wants to know of everyone who is paid. */
const ASKED_OF_EVERYONE = [
  "business_type",
  "external_account",
  "individual.dob.day",
  "individual.dob.month",
  "individual.dob.year",
  "individual.first_name",
  "individual.last_name",
  "individual.ssn_last_4",
  "tos_acceptance.date",
  "tos_acceptance.ip",
];

/** What the emulator knows of an account and the API doesn't show. */
export type AccountFile = {
  id: string;
  /** Answers that the holder has given, by the names of the requirements. */
  answered: string[];
  /** Asked on top of the usual, by a test or because a payout came back. */
  alsoAsked: string[];
  /** Stripe still looks at the answers. */
  isBeingVerified: boolean;
  /** Capabilities that the platform asked for. */
  requested: Capability[];
};

export type Capability = "transfers" | "card_payments";

/** The hidden halves of the accounts, by the accounts' ids. */
export function accountFiles(emulator: Emulator) {
  return emulator.actingFor(null).records<AccountFile>("account file");
}

/** What is still missing of an account. */
export function missingOf({ answered, alsoAsked }: AccountFile): string[] {
  return [...new Set([...ASKED_OF_EVERYONE, ...alsoAsked])].filter(
    (asked) => !answered.includes(asked),
  );
}

/** The state of one capability of an account. */
function capabilityOf(account: Stripe.Account, file: AccountFile, id: Capability) {
  if (!file.requested.includes(id)) return "unrequested";
  if (!account.details_submitted || missingOf(file).length > 0) return "inactive";
  return file.isBeingVerified ? "pending" : "active";
}

/**
 * Changes what is known of an account, works out what it may do now and tells the platform's
 * Connect endpoints.
 *
 * @param changes to the account itself
 */
export function updateAccount(
  emulator: Emulator,
  id: string,
  fileChanges: Partial<AccountFile>,
  changes: Partial<Stripe.Account> = {},
): Stripe.Account {
  const accounts = emulator.actingFor(null).records<Stripe.Account>("account");
  const before = structuredClone(accounts.get(id));
  const file = accountFiles(emulator).update(id, fileChanges);
  accounts.update(id, changes);
  const account = accounts.update(id, derived(accounts.get(id), file));

  const own = emulator.actingFor(id);
  const previous = changesBetween(before, account);
  if (Object.keys(previous).length === 0) return account;
  own.emit("account.updated", account, previous);
  for (const capability of file.requested) {
    const status = before.capabilities?.[capability];
    if (account.capabilities?.[capability] === status) continue;
    own.emit("capability.updated", capabilityObject(account, file, capability), { status });
  }
  return account;
}

function derived(account: Stripe.Account, file: AccountFile): Partial<Stripe.Account> {
  const missing = missingOf(file);
  const isReady = capabilityOf(account, file, "transfers") === "active";
  return {
    capabilities: Object.fromEntries(
      file.requested.map((id) => [id, capabilityOf(account, file, id)]),
    ),
    charges_enabled: capabilityOf(account, file, "card_payments") === "active",
    payouts_enabled: isReady && (account.external_accounts?.data.length ?? 0) > 0,
    requirements: {
      ...noRequirements(),
      currently_due: missing,
      eventually_due: missing,
      past_due: missing,
      pending_verification: file.isBeingVerified ? ["individual.verification.document"] : [],
      disabled_reason: disabledReason(missing, file),
    },
  };
}

function disabledReason(missing: string[], file: AccountFile) {
  if (missing.length > 0) return "requirements.past_due";
  return file.isBeingVerified ? "requirements.pending_verification" : null;
}

/** A capability as the API tells of it. */
export function capabilityObject(
  account: Stripe.Account,
  file: AccountFile,
  id: Capability,
): Stripe.Capability {
  const missing = missingOf(file);
  return {
    id,
    object: "capability",
    account: account.id,
    future_requirements: noRequirements(),
    requested: file.requested.includes(id),
    requested_at: file.requested.includes(id) ? (account.created ?? null) : null,
    requirements: {
      ...noRequirements(),
      currently_due: missing,
      eventually_due: missing,
      past_due: missing,
      disabled_reason: missing.length > 0 ? "requirements.fields_needed" : null,
    },
    status: capabilityOf(account, file, id),
  };
}
