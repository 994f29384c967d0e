import { randomBytes, randomUUID } from "node:crypto";

import { emitEnded, emitJoined, emitLeft, emitStarted } from "./events.ts";
import { hostEmail } from "./meeting-object.ts";
import { keepRecording } from "./recordings.ts";
import {
  present,
  runningInstance,
  type Instance,
  type Meeting,
  type Participant,
} from "./state.ts";
import type { Zoom } from "./zoom.ts";

/** Why someone can't come in, in words for a person. */
export type Refusal = { refused: string };

/** Who wants to come in. */
export type Guest = {
  name: string;
  /** Given by apps that embed the meeting. */
  customerKey?: string;
  /** From a personal join link. */
  registrantId?: string;
};

/**
 * Starts a meeting as its host; once it runs, the host just comes in.
 * Waiting rooms are not emulated: whoever comes after the host is in.
 */
export function startMeeting(zoom: Zoom, meeting: Meeting): Participant | Refusal {
  const instance = runningInstance(meeting) ?? openInstance(zoom, meeting);
  if ("refused" in instance) return instance;

  const alreadyIn = present(instance).find((participant) => participant.isHost);
  if (alreadyIn) return alreadyIn;
  const email = hostEmail(zoom, meeting);
  return enter(zoom, meeting, instance, { name: "Host", email, isHost: true });
}

/** Lets a guest in, or says why not. With join_before_host the first guest starts the meeting. */
export function joinMeeting(zoom: Zoom, meeting: Meeting, guest: Guest): Participant | Refusal {
  let instance: Instance | Refusal | undefined = runningInstance(meeting);
  if (!instance) {
    if (!mayJoinBeforeHost(zoom, meeting)) {
      return { refused: "The host has not started this meeting yet. Please wait and try again." };
    }
    instance = openInstance(zoom, meeting);
    if ("refused" in instance) return instance;
  }
  const registrant = meeting.registrants.find(({ id }) => id === guest.registrantId);
  const email = registrant?.email ?? "";
  return enter(zoom, meeting, instance, { ...guest, email, isHost: false });
}

/**
 * Takes someone out; when the last one goes, the meeting ends. False when they are not in.
 *
 * @param origin the emulator's address, for the link to a recording
 */
export function leaveMeeting(
  zoom: Zoom,
  meeting: Meeting,
  participantUuid: string,
  origin: string,
): boolean {
  const instance = runningInstance(meeting);
  const who = instance && present(instance).find(({ uuid }) => uuid === participantUuid);
  if (!instance || !who) return false;

  leave(zoom, meeting, instance, who, "left the meeting. Reason: left the meeting.");
  if (present(instance).length === 0) closeInstance(zoom, meeting, instance, origin);
  return true;
}

/** Ends a meeting for everybody. False when it does not run. `origin` as for leaveMeeting. */
export function endMeeting(zoom: Zoom, meeting: Meeting, origin: string): boolean {
  const instance = runningInstance(meeting);
  if (!instance) return false;

  for (const who of present(instance)) {
    leave(zoom, meeting, instance, who, "left the meeting. Reason: Host ended the meeting.");
  }
  closeInstance(zoom, meeting, instance, origin);
  return true;
}

function openInstance(zoom: Zoom, meeting: Meeting): Instance | Refusal {
  const isHostBusy = zoom.store.state.meetings.some(
    (other) => other.hostId === meeting.hostId && runningInstance(other),
  );
  if (isHostBusy) {
    return { refused: "The host of this meeting has another meeting in progress." };
  }

  // Every run after the first has an identity of its own.
  if (meeting.instances.length > 0) meeting.uuid = randomBytes(16).toString("base64");
  const instance: Instance = {
    uuid: meeting.uuid,
    startedAt: zoom.clock.iso(),
    isRecorded: meeting.settings.auto_recording === "cloud",
    participants: [],
  };
  meeting.instances.push(instance);
  zoom.store.changed();
  emitStarted(zoom, meeting, instance);
  return instance;
}

function closeInstance(zoom: Zoom, meeting: Meeting, instance: Instance, origin: string): void {
  const endedAt = zoom.clock.iso();
  instance.endedAt = endedAt;
  zoom.store.changed();
  emitEnded(zoom, meeting, instance);
  if (instance.isRecorded) keepRecording(zoom, meeting, { ...instance, endedAt }, origin);
}

function enter(
  zoom: Zoom,
  meeting: Meeting,
  instance: Instance,
  guest: Guest & { email: string; isHost: boolean },
): Participant {
  const who: Participant = {
    ...guest,
    uuid: randomUUID().toUpperCase(),
    userId: String(16_778_240 + instance.participants.length * 1024),
    joinedAt: zoom.clock.iso(),
  };
  instance.participants.push(who);
  zoom.store.changed();
  emitJoined(zoom, meeting, instance, who);
  return who;
}

function leave(
  zoom: Zoom,
  meeting: Meeting,
  instance: Instance,
  who: Participant,
  reason: string,
): void {
  who.leftAt = zoom.clock.iso();
  zoom.store.changed();
  emitLeft(zoom, meeting, instance, who, reason);
}

function mayJoinBeforeHost(zoom: Zoom, meeting: Meeting): boolean {
  const { join_before_host, jbh_time } = meeting.settings;
  if (join_before_host !== true) return false;
  const minutes = Number(jbh_time ?? 0);
  // 0 means any time, 5, 10 and 15 that many minutes before the planned start
  return minutes === 0 || zoom.clock.now() >= Date.parse(meeting.startTime) - minutes * 60_000;
}
