import { createHash } from "node:crypto";

import { getEnv } from "~/lib/env.server";
import { bookingPath, coachDatePath } from "~/lib/paths";

import { calendarFile } from "../../../supabase/functions/_shared/calendar-file.ts";
import type { CalendarSession } from "./calendars.server";

/**
 * A session as a file to download. It has the UID and SEQUENCE of our mails, so that a calendar that
 * has the session already updates it.
 *
 * @param session one that is confirmed
 * @returns the text of an .ics file
 */
export function sessionFile(session: CalendarSession): string {
  return write([session]);
}

/** A subscribed calendar as a calendar app fetches it, with what tells whether it has changed. */
export type FeedFile = { text: string; etag: string; lastModified: string | null };

/**
 * The sessions of a person as a calendar to subscribe to.
 *
 * @param sessions theirs, cancelled ones too: they say that the entry is off
 * @returns the file; the same sessions make the same one
 */
export function feedFile(sessions: readonly CalendarSession[]): FeedFile {
  const text = write(sessions, "Walkthrough sessions");
  const changes = sessions.map((session) => Date.parse(session.changed_at));
  return {
    text,
    etag: `"${createHash("sha256").update(text).digest("base64url")}"`,
    // A session that is too old by now leaves without a change, so only the ETag is exact.
    lastModified: changes.length > 0 ? new Date(Math.max(...changes)).toUTCString() : null,
  };
}

function write(sessions: readonly CalendarSession[], name?: string): string {
  const { APP_ORIGIN, MAIL_FROM } = getEnv();
  return calendarFile({
    method: "PUBLISH",
    entries: sessions.map((session) => ({
      id: session.id,
      path: session.is_group_date ? coachDatePath(session.id) : bookingPath(session.id),
      status: statusOf(session),
      sequence: session.sequence,
      changedAt: session.changed_at,
      startsAt: session.starts_at,
      endsAt: session.ends_at,
      title: `${session.offer_title} with ${session.counterpart_name}`,
    })),
    origin: APP_ORIGIN,
    from: MAIL_FROM,
    name,
  });
}

/** What was held, or should have been, stays in the calendar as it was. */
function statusOf({ status }: CalendarSession) {
  if (status === "cancelled") return "CANCELLED";
  return status === "requested" ? "TENTATIVE" : "CONFIRMED";
}
