import { createHmac } from "node:crypto";

import { problemsOf } from "./contract/schema.ts";
import type { TypeName } from "./contract/contract.ts";
import { hostEmail, joinUrl } from "./meeting-object.ts";
import { passcodesOf, toldRecording } from "./recording-object.ts";
import type { Instance, Meeting, Participant, Recording } from "./state.ts";
import type { Zoom } from "./zoom.ts";

const EVENT_TYPES = {
  "meeting.created": "MeetingCreatedEvent",
  "meeting.updated": "MeetingUpdatedEvent",
  "meeting.deleted": "MeetingDeletedEvent",
  "meeting.started": "MeetingStartedEvent",
  "meeting.ended": "MeetingEndedEvent",
  "meeting.participant_joined": "MeetingParticipantJoinedEvent",
  "meeting.participant_left": "MeetingParticipantLeftEvent",
  "recording.completed": "RecordingCompletedEvent",
  "recording.trashed": "RecordingTrashedEvent",
  "recording.deleted": "RecordingDeletedEvent",
} as const satisfies Record<string, TypeName>;

type EventName = keyof typeof EVENT_TYPES;

/**
 * Signs a webhook as Zoom does: HMAC-SHA256 over "v0:<seconds>:<exact body>".
 *
 * @param seconds when it is sent, in seconds since 1970
 */
export function signatureHeaders(
  secret: string,
  body: string,
  seconds: number,
): Record<string, string> {
  const mac = createHmac("sha256", secret).update(`v0:${seconds}:${body}`).digest("hex");
  return { "x-zm-request-timestamp": String(seconds), "x-zm-signature": `v0=${mac}` };
}

function emit(zoom: Zoom, event: EventName, payload: object, beside: object = {}): void {
  const account_id = zoom.options.accountId;
  const message = {
    event,
    event_ts: zoom.clock.now(),
    ...beside,
    payload: { account_id, ...payload },
  };
  zoom.log.violate("webhook", event, problemsOf(zoom.contract[EVENT_TYPES[event]], message));

  zoom.store.state.eventCount += 1;
  zoom.store.changed();
  const id = `event-${zoom.store.state.eventCount}`;
  zoom.webhooks.send({ id, type: event, body: JSON.stringify(message) });
}

/** Tells that a meeting was made through the API. */
export function emitCreated(zoom: Zoom, meeting: Meeting, origin: string): void {
  const { use_pmi, alternative_hosts, join_before_host, jbh_time } = meeting.settings;
  emit(zoom, "meeting.created", {
    ...operator(zoom, meeting),
    object: {
      ...planned(meeting),
      join_url: joinUrl(meeting, origin),
      password: meeting.password,
      settings: { use_pmi, alternative_hosts, join_before_host, jbh_time },
    },
  });
}

/** Tells what an update changed, with the values before it. Settings are not told. */
export function emitUpdated(zoom: Zoom, before: Meeting, after: Meeting): void {
  const changes = fieldsThatDiffer(after, before);
  const previous = fieldsThatDiffer(before, after);
  emit(zoom, "meeting.updated", {
    ...operator(zoom, after),
    object: { id: after.id, uuid: after.uuid, host_id: after.hostId, ...changes },
    old_object: { id: before.id, uuid: before.uuid, host_id: before.hostId, ...previous },
    time_stamp: zoom.clock.now(),
  });
}

/** Tells that a meeting was deleted through the API. */
export function emitDeleted(zoom: Zoom, meeting: Meeting): void {
  emit(zoom, "meeting.deleted", { ...operator(zoom, meeting), object: planned(meeting) });
}

/** Tells that a run of a meeting began. */
export function emitStarted(zoom: Zoom, meeting: Meeting, instance: Instance): void {
  emit(zoom, "meeting.started", { object: running(meeting, instance) });
}

/** Tells that a run of a meeting is over. */
export function emitEnded(zoom: Zoom, meeting: Meeting, instance: Instance): void {
  emit(zoom, "meeting.ended", {
    object: { ...running(meeting, instance), end_time: instance.endedAt },
  });
}

/** Tells that someone came in. */
export function emitJoined(zoom: Zoom, meeting: Meeting, instance: Instance, who: Participant) {
  const participant = { ...person(meeting, who), join_time: who.joinedAt };
  emit(zoom, "meeting.participant_joined", {
    object: { ...running(meeting, instance), participant },
  });
}

/** Tells that someone went out. */
export function emitLeft(
  zoom: Zoom,
  meeting: Meeting,
  instance: Instance,
  who: Participant,
  reason: string,
) {
  const participant = { ...person(meeting, who), leave_time: who.leftAt, leave_reason: reason };
  emit(zoom, "meeting.participant_left", {
    object: { ...running(meeting, instance), participant },
  });
}

/** Tells that a run was recorded; the token that comes with it lets its files be loaded. */
export function emitRecorded(zoom: Zoom, recording: Recording, origin: string): void {
  const object = {
    ...toldRecording(zoom, recording, origin),
    ...passcodesOf(recording),
    host_email: hostEmail(zoom, recording),
  };
  emit(zoom, "recording.completed", { object }, { download_token: `local-${recording.token}` });
}

/** Tells that a recording went to the trash, or went for good. */
export function emitRecordingGone(
  zoom: Zoom,
  event: "recording.trashed" | "recording.deleted",
  recording: Recording,
  origin: string,
): void {
  emit(zoom, event, {
    ...operator(zoom, recording),
    object: toldRecording(zoom, recording, origin),
  });
}

function operator(zoom: Zoom, { hostId }: { hostId: string }) {
  return { operator: hostEmail(zoom, { hostId }), operator_id: hostId };
}

/** Meetings are numbers in planning events and text in those of a run: so it is at Zoom. */
function planned(meeting: Meeting) {
  return {
    id: meeting.id,
    uuid: meeting.uuid,
    host_id: meeting.hostId,
    topic: meeting.topic,
    type: meeting.type,
    start_time: meeting.startTime,
    duration: meeting.duration,
    timezone: meeting.timezone,
  };
}

function running(meeting: Meeting, instance: Instance) {
  return {
    id: String(meeting.id),
    uuid: instance.uuid,
    host_id: meeting.hostId,
    topic: meeting.topic,
    type: meeting.type,
    start_time: instance.startedAt,
    duration: meeting.duration,
    timezone: meeting.timezone,
  };
}

/** Users of the account are told by their id; guests have none. */
function person(meeting: Meeting, who: Participant) {
  return {
    ...(who.isHost && { id: meeting.hostId, participant_user_id: meeting.hostId }),
    user_id: who.userId,
    user_name: who.name,
    participant_uuid: who.uuid,
    email: who.email,
    registrant_id: who.registrantId,
    customer_key: who.customerKey,
  };
}

function fieldsThatDiffer(meeting: Meeting, other: Meeting) {
  const otherValues = new Map(Object.entries(changeable(other)));
  return Object.fromEntries(
    Object.entries(changeable(meeting)).filter(([key, value]) => otherValues.get(key) !== value),
  );
}

function changeable(meeting: Meeting) {
  const { topic, startTime: start_time, duration, timezone, agenda, password } = meeting;
  return { topic, start_time, duration, timezone, agenda, password };
}
