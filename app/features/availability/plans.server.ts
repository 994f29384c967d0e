import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";

import type { DayBlock } from "./plan-schemas";
import { groupOverrides, type Override } from "./plans";

/** Dates that are over in every zone are of no more interest. */
function yesterday(): string {
  return new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/**
 * The coming dates with hours of their own.
 *
 * @param db the coach's
 * @param coachId their practice
 */
export async function findOverrides(db: Db, coachId: string): Promise<Override[]> {
  const rows = toValue(
    await db
      .from("date_overrides")
      .select("day, starts_at, ends_at")
      .eq("coach_id", coachId)
      .gte("day", yesterday())
      .order("day")
      .order("starts_at"),
  );
  return groupOverrides(rows);
}

/**
 * Gives a date hours of its own, or none.
 *
 * @returns nothing, or OADAY, OAHRS, OCNON, OCSUS
 */
export async function saveOverride(
  db: Db,
  { day, hours }: { day: string; hours: DayBlock[] },
): Promise<Result<undefined>> {
  return toResult(await db.rpc("save_date_override", { day, hours }));
}

/** Gives a date its weekday's hours back. OCNON or OCSUS when it may not. */
export async function removeOverride(db: Db, day: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("remove_date_override", { day }));
}

/**
 * When a coach will be away.
 *
 * @param db the coach's
 * @param coachId their practice
 * @returns in order; times are wall time of where the coach is then
 */
export async function findOutOfOffice(db: Db, coachId: string) {
  return toValue(
    await db
      .from("out_of_office")
      .select("id, first_day, starts_at, last_day, ends_at, note")
      .eq("coach_id", coachId)
      .gte("last_day", yesterday())
      .order("first_day")
      .order("starts_at"),
  );
}

export type OutOfOffice = Awaited<ReturnType<typeof findOutOfOffice>>[number];

/**
 * Keeps clients away for a while.
 *
 * @returns nothing, or OAOFF, OANOT, OAMNY, OCNON, OCSUS
 */
export async function addOutOfOffice(
  db: Db,
  away: Omit<OutOfOffice, "id">,
): Promise<Result<undefined>> {
  return toResult(await db.rpc("add_out_of_office", away));
}

/** Ends a time away before it is over. */
export async function removeOutOfOffice(db: Db, id: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("remove_out_of_office", { out_of_office_id: id }));
}

/**
 * The trips that are not over.
 *
 * @param db the coach's
 * @param coachId their practice
 */
export async function findTravel(db: Db, coachId: string) {
  return toValue(
    await db
      .from("travel_zones")
      .select("id, first_day, last_day, time_zone")
      .eq("coach_id", coachId)
      .gte("last_day", yesterday())
      .order("first_day"),
  );
}

/**
 * Moves some days into another zone.
 *
 * @returns nothing, or OATRP, UPZON, OCNON, OCSUS
 */
export async function addTravel(
  db: Db,
  trip: { first_day: string; last_day: string; time_zone: string },
): Promise<Result<undefined>> {
  return toResult(await db.rpc("add_travel_zone", trip));
}

/** Stays at home. */
export async function removeTravel(db: Db, id: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("remove_travel_zone", { travel_zone_id: id }));
}

/** The next two weeks of the coach's own calendar, day by day, as clients will see them. */
export async function previewAvailability(db: Db) {
  return toValue(await db.rpc("availability_preview"));
}

export type PreviewDay = Awaited<ReturnType<typeof previewAvailability>>[number];

/**
 * What a coach says about being away in some days, for clients who look at them.
 *
 * @param db anyone's
 * @param coachId the coach
 * @param span instants
 */
export async function outOfOfficeNotes(db: Db, coachId: string, span: { from: Date; to: Date }) {
  return toValue(
    await db.rpc("out_of_office_notes", {
      coach_id: coachId,
      from_at: span.from.toISOString(),
      to_at: span.to.toISOString(),
    }),
  );
}

export type OutOfOfficeNote = Awaited<ReturnType<typeof outOfOfficeNotes>>[number];
