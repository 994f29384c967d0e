import { z } from "zod";

import type { Db } from "~/lib/db.server";
import { toResult, type DomainError, type Result } from "~/lib/domain-error";
import { getEnv } from "~/lib/env.server";
import { recordRegistrant } from "~/lib/service-db.server";
import { callZoom } from "~/lib/zoom.server";

import { signForSdk } from "./sdk-signature.server";

const RegistrantSchema = z.object({ registrant_id: z.string(), join_url: z.url() });
const MeetingSchema = z.object({ start_url: z.url(), password: z.string().default("") });

const AWAY: DomainError = {
  code: "MTPRE",
  message: "Zoom does not answer right now. Try again in a minute.",
  status: 503,
  detail: "",
};

/**
 * The way into a session's meeting for one of its parties, while the door is open: a link of their
 * own, made by Zoom the first time they ask and kept.
 *
 * @param db a party's
 * @param bookingId the booking
 * @returns the link, or why there is none: too early, over, not ready, or Zoom is away
 */
export async function joinMeeting(db: Db, bookingId: string): Promise<Result<string>> {
  const door = toResult(await db.rpc("join_meeting", { booking_id: bookingId }).single());
  if (!door.ok) return door;

  const { meeting_id, profile_id, zoom_meeting_id, join_url, first_name, last_name } = door.value;
  if (join_url) return { ok: true, value: join_url };

  const response = await callZoom(`/meetings/${zoom_meeting_id}/registrants`, {
    method: "POST",
    body: {
      // Zoom tells registrants apart by address, so the same person gets the same link again. It
      // need not know a real one: it mails nobody.
      email: `${profile_id}@${new URL(getEnv().APP_ORIGIN).hostname}`,
      first_name: first_name || "Guest",
      last_name: last_name || undefined,
      auto_approve: true,
    },
  });
  if (!response?.ok) return { ok: false, error: AWAY };

  const registrant = RegistrantSchema.parse(await response.json());
  const link = await recordRegistrant({
    meeting_id,
    profile_id,
    registrant_id: registrant.registrant_id,
    join_url: registrant.join_url,
  });
  return { ok: true, value: link };
}

/**
 * The link by which a coach opens the meeting as its host. Read at Zoom each time and never kept:
 * whoever has it is the host for two hours.
 *
 * @param db the coach's
 * @param bookingId the booking
 * @returns the link, or why there is none
 */
export async function hostMeeting(db: Db, bookingId: string): Promise<Result<string>> {
  const door = toResult(await db.rpc("host_meeting", { booking_id: bookingId }));
  if (!door.ok) return door;

  const meeting = await readMeeting(door.value);
  return meeting.ok ? { ok: true, value: meeting.value.start_url } : meeting;
}

/** A meeting as Zoom has it now. */
async function readMeeting(number: string): Promise<Result<z.infer<typeof MeetingSchema>>> {
  const response = await callZoom(`/meetings/${number}`, { method: "GET" });
  if (!response?.ok) return { ok: false, error: AWAY };
  return { ok: true, value: MeetingSchema.parse(await response.json()) };
}

/** What Zoom's Meeting SDK is given to join a meeting inside the page. */
export type SdkPass = {
  signature: string;
  appKey: string;
  meetingNumber: string;
  /** The meeting's passcode: links carry it in a form that the SDK does not take. Empty without one. */
  password: string;
  /** By which Zoom tells that this person came. */
  customerKey: string;
  /** The `tk` of the person's own link: the meeting takes registrants only. */
  registrantToken: string | null;
};

/**
 * The way into a session's meeting inside the page, for one of its parties while the door is open.
 *
 * @param db a party's
 * @param bookingId the booking
 * @returns what the SDK needs, or why not; null while no SDK app is set up, which is the default
 */
export async function sdkPass(db: Db, bookingId: string): Promise<Result<SdkPass> | null> {
  const { ZOOM_SDK_CLIENT_ID: clientId, ZOOM_SDK_CLIENT_SECRET: clientSecret } = getEnv();
  if (!clientId || !clientSecret) return null;

  const door = toResult(await db.rpc("join_meeting", { booking_id: bookingId }).single());
  if (!door.ok) return door;
  const link = await joinMeeting(db, bookingId);
  if (!link.ok) return link;

  const { zoom_meeting_id: meetingNumber, customer_key: customerKey } = door.value;
  const meeting = await readMeeting(meetingNumber);
  if (!meeting.ok) return meeting;

  return {
    ok: true,
    value: {
      signature: signForSdk({ clientId, clientSecret }, meetingNumber, epochSeconds()),
      appKey: clientId,
      meetingNumber,
      password: meeting.value.password,
      customerKey,
      registrantToken: new URL(link.value).searchParams.get("tk"),
    },
  };
}

function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
