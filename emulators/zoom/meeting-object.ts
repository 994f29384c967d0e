import type { Schema } from "./contract/schema.ts";
import { runningInstance, type Meeting, type Settings } from "./state.ts";
import { makeZak } from "./zak.ts";
import type { Zoom } from "./zoom.ts";

const START_URL_SECONDS = 2 * 3600;

/** What a new meeting has when the request says nothing else. */
export const DEFAULT_SETTINGS: Settings = {
  host_video: false,
  participant_video: false,
  join_before_host: false,
  jbh_time: 0,
  mute_upon_entry: false,
  watermark: false,
  use_pmi: false,
  approval_type: 2,
  audio: "both",
  auto_recording: "none",
  alternative_hosts: "",
  waiting_room: false,
  meeting_authentication: false,
  email_notification: true,
  encryption_type: "enhanced_encryption",
};

/**
 * The answer to a create. Zoom types no uuid, host_id or status there, so none are given.
 *
 * @param origin the emulator's address, for the links
 */
export function createdMeeting(zoom: Zoom, meeting: Meeting, origin: string) {
  return {
    id: meeting.id,
    host_email: hostEmail(zoom, meeting),
    topic: meeting.topic,
    type: meeting.type,
    start_time: meeting.startTime,
    duration: meeting.duration,
    timezone: meeting.timezone,
    agenda: meeting.agenda,
    created_at: meeting.createdAt,
    start_url: `${origin}/s/${meeting.id}?zak=${makeZak(zoom, meeting.hostId, START_URL_SECONDS)}`,
    join_url: joinUrl(meeting, origin),
    password: meeting.password,
    h323_password: meeting.password,
    pstn_password: meeting.password,
    encrypted_password: encryptedPassword(meeting),
    tracking_fields: meeting.trackingFields,
    settings: onlyKnown(meeting.settings, zoom.contract.MeetingsCreateMeetingResponse),
  };
}

/** The answer to a read. The start link is new each time and good for two hours. */
export function readMeeting(zoom: Zoom, meeting: Meeting, origin: string) {
  return {
    ...createdMeeting(zoom, meeting, origin),
    uuid: meeting.uuid,
    host_id: meeting.hostId,
    status: runningInstance(meeting) ? "started" : "waiting",
    creation_source: "open_api",
    settings: onlyKnown(meeting.settings, zoom.contract.MeetingsGetMeetingResponse),
  };
}

/** A meeting as it stands in lists, its agenda cut to 250 characters. */
export function listedMeeting(meeting: Meeting, origin: string) {
  return {
    uuid: meeting.uuid,
    id: meeting.id,
    host_id: meeting.hostId,
    topic: meeting.topic,
    type: meeting.type,
    start_time: meeting.startTime,
    duration: meeting.duration,
    timezone: meeting.timezone,
    agenda: meeting.agenda.slice(0, 250),
    created_at: meeting.createdAt,
    join_url: joinUrl(meeting, origin),
  };
}

/** The link for guests. It carries the passcode in a form of its own, not the passcode itself. */
export function joinUrl(meeting: Meeting, origin: string): string {
  return `${origin}/j/${meeting.id}?pwd=${encryptedPassword(meeting)}`;
}

/** What stands for the passcode in links. */
export function encryptedPassword(meeting: Meeting): string {
  return Buffer.from(`${meeting.id}:${meeting.password}`).toString("base64url");
}

/** The e-mail address of the host of a meeting or recording; empty when the host left the pool. */
export function hostEmail(zoom: Zoom, { hostId }: { hostId: string }): string {
  return zoom.options.hosts.find((host) => host.id === hostId)?.email ?? "";
}

function onlyKnown(settings: Settings, response: Schema): Settings {
  const known = response.kind === "object" ? response.properties.settings?.schema : undefined;
  if (known?.kind !== "object") throw new Error("The contract knows no settings.");
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => Object.hasOwn(known.properties, key)),
  );
}
