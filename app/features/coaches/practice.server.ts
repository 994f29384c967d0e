import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

import type { PracticeValues } from "./practice-schema";

/** How far a practice is, and what is missing before it can be listed. */
export type Progress = Omit<
  WithNulls<
    Database["public"]["Functions"]["coach_progress"]["Returns"][number],
    "missing" | "applied_at"
  >,
  "missing"
> & { missing: "profile" | "hours" | "offers" | null };

/**
 * @param db a coach's
 * @returns null for somebody without a practice
 */
export async function findProgress(db: Db): Promise<Progress | null> {
  const row = toValue(await db.rpc("coach_progress").maybeSingle());
  return row as Progress | null; // the function's comment lists what `missing` may be
}

/**
 * A coach's own profile, whatever its status.
 *
 * @param db theirs
 * @param coachId their practice
 */
export async function findPractice(db: Db, coachId: string) {
  return toValue(
    await db
      .from("coaches")
      .select(
        "slug, headline, bio, states, specialties, languages, years_in_business, time_zone, status",
      )
      .eq("id", coachId)
      .maybeSingle(),
  );
}

/**
 * Starts or changes a person's practice.
 *
 * @param db theirs
 * @param practice what the public page says
 * @returns the coach's id, or OCHED, OCBIO, OCSTA, OCSPE, OCLAN, OCYRS, UPZON, OCSUS, UPONB
 */
export async function saveCoachProfile(db: Db, practice: PracticeValues): Promise<Result<string>> {
  return toResult(
    await db.rpc("save_coach_profile", {
      headline: practice.headline,
      bio: practice.bio,
      states: practice.states,
      specialties: practice.specialties,
      languages: practice.languages,
      years_in_business: practice.yearsInBusiness,
      time_zone: practice.timeZone,
    }),
  );
}

/**
 * Asks for the practice to be listed. Asking twice is once.
 *
 * @param db the coach's
 * @returns nothing, or OCINC, OCNON, OCSUS
 */
export async function submitApplication(db: Db): Promise<Result<undefined>> {
  return toResult(await db.rpc("submit_coach_application"));
}
