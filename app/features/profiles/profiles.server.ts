import type { Db } from "~/lib/db.server";
import { toResult, toValue } from "~/lib/domain-error";

import type { ProfileKind } from "./profile-kinds";
import type { ProfileValues } from "./profile-schema";

/**
 * A person says who they are, for the first time or anew.
 *
 * @param db theirs
 * @param profile what they say
 * @returns nothing, or UPNAM, UPSTA, UPZON, UPLIC, UPNML, UPSGN
 */
export async function completeProfile(db: Db, profile: ProfileValues) {
  return toResult(
    await db.rpc("complete_profile", {
      kind: profile.kind,
      first_name: profile.firstName,
      last_name: profile.lastName,
      home_state: profile.homeState,
      company: profile.company,
      credential_number: profile.credentialNumber,
      time_zone: profile.timeZone,
    }),
  );
}

/**
 * The number a person gave last for what they do now.
 *
 * @param db theirs
 * @param kind what they do
 * @returns the number, or the empty string
 */
export async function findCredentialNumber(db: Db, kind: ProfileKind | null): Promise<string> {
  if (kind === null || kind === "coach") return "";
  const credential = toValue(
    await db
      .from("credentials")
      .select("number")
      .eq("kind", kind === "realtor" ? "state_license" : "nmls")
      .order("created_at", { ascending: false })
      .limit(1)
      .maybeSingle(),
  );
  return credential?.number ?? "";
}

/**
 * Where we mail a person.
 *
 * @param db theirs
 * @returns the address; null until we have heard of it
 */
export async function findOwnEmail(db: Db): Promise<string | null> {
  const contact = toValue(await db.from("profile_contacts").select("email").maybeSingle());
  return contact?.email ?? null;
}
