import type { Database } from "~/lib/database.types";
import type { Db } from "~/lib/db.server";
import { toResult, toValue, type Result } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

type Functions = Database["public"]["Functions"];

/** Whether a session is recorded, as one of its parties sees it. */
export type RecordingChoice = WithNulls<
  Functions["recording_details"]["Returns"][number],
  "agreed_at"
>;

/** A recording that can be watched. */
export type Recording = Functions["session_recordings"]["Returns"][number];

/**
 * @param db a party's
 * @param bookingId the booking
 * @returns what was said about a recording; null for anyone but the parties
 */
export async function findRecordingChoice(
  db: Db,
  bookingId: string,
): Promise<RecordingChoice | null> {
  return toValue(await db.rpc("recording_details", { booking_id: bookingId }).maybeSingle());
}

/**
 * @param db a party's
 * @param bookingId the booking
 * @returns the recordings of a session, oldest first; none for anyone but the parties
 */
export async function listRecordings(db: Db, bookingId: string): Promise<Recording[]> {
  return toValue(await db.rpc("session_recordings", { booking_id: bookingId }));
}

/**
 * Agrees to a session's recording. Agreeing twice is once.
 *
 * @param db a party's
 * @param consent.termsVersion of the terms that they read
 * @returns nothing, or why not: too late, or the terms are others by now
 */
export async function agreeToRecording(
  db: Db,
  consent: { bookingId: string; termsVersion: number },
): Promise<Result<undefined>> {
  return toResult(
    await db.rpc("agree_to_recording", {
      booking_id: consent.bookingId,
      terms_version: consent.termsVersion,
    }),
  );
}

/** Takes that back, before the start. Taking it back twice is once. */
export async function revokeRecording(db: Db, bookingId: string): Promise<Result<undefined>> {
  return toResult(await db.rpc("revoke_recording", { booking_id: bookingId }));
}

/**
 * The address at which a recording is watched. It opens without a passcode, so it is read for each
 * click and shown nowhere.
 *
 * @param db a party's
 * @param recordingId the recording
 * @returns the address; null for anyone else, and when it is gone
 */
export async function watchRecording(db: Db, recordingId: string): Promise<string | null> {
  return toValue(await db.rpc("watch_recording", { recording_id: recordingId }));
}
