import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { notFound } from "./errors.ts";
import { hostEmail } from "./meeting-object.ts";
import { pageOf } from "./paging.ts";
import type { Instance, Meeting, Participant } from "./state.ts";
import { decodeTwice } from "./uuid.ts";
import { answer, readQuery, type Zoom } from "./zoom.ts";

/**
 * `/past_meetings/{id or uuid}`: the last finished run of a meeting, or the run of that uuid, and
 * `/past_meetings/{id}/instances`: all its finished runs.
 */
export function pastMeetingRoutes(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.get("/past_meetings/:key", (context) => {
    const { meeting, instance } = findPast(zoom, context.req.param("key"));
    return answer(zoom, context, "MeetingsGetPastMeetingDetailsResponse", {
      id: meeting.id,
      uuid: instance.uuid,
      host_id: meeting.hostId,
      user_email: hostEmail(zoom, meeting),
      topic: meeting.topic,
      type: meeting.type,
      start_time: instance.startedAt,
      end_time: instance.endedAt,
      duration: Math.ceil(secondsBetween(instance.startedAt, instance.endedAt) / 60),
      total_minutes: Math.ceil(
        instance.participants.reduce((sum, stay) => sum + secondsOf(stay), 0) / 60,
      ),
      participants_count: instance.participants.length,
    });
  });

  app.get("/past_meetings/:meetingId/instances", (context) => {
    const { meeting } = findPast(zoom, context.req.param("meetingId"));
    return answer(zoom, context, "MeetingsListPastMeetingInstancesResponse", {
      meetings: meeting.instances
        .filter(({ endedAt }) => endedAt !== undefined)
        .map(({ uuid, startedAt }) => ({ uuid, start_time: startedAt })),
    });
  });

  app.get("/past_meetings/:key/participants", (context) => {
    type Query = { page_size?: number; next_page_token?: string };
    const query = readQuery<Query>(zoom, context, "MeetingsGetPastMeetingParticipantsQueryParams");
    const { meeting, instance } = findPast(zoom, context.req.param("key"));
    const { items, ...page } = pageOf(instance.participants, query);
    return answer(zoom, context, "MeetingsGetPastMeetingParticipantsResponse", {
      ...page,
      participants: items.map((stay) => ({
        id: stay.isHost ? meeting.hostId : "", // only users of the account have one
        user_id: stay.userId,
        name: stay.name,
        user_email: stay.email,
        registrant_id: stay.registrantId ?? "",
        join_time: stay.joinedAt,
        leave_time: stay.leftAt,
        duration: secondsOf(stay),
        internal_user: stay.isHost,
        failover: false,
        status: "in_meeting",
      })),
    });
  });

  return app;
}

function findPast(zoom: Zoom, key: string): { meeting: Meeting; instance: Instance } {
  const uuid = decodeTwice(key);
  for (const meeting of zoom.store.state.meetings) {
    const finished = meeting.instances.filter(({ endedAt }) => endedAt !== undefined);
    const instance =
      String(meeting.id) === key
        ? finished.at(-1)
        : finished.find((candidate) => candidate.uuid === uuid || candidate.uuid === key);
    if (instance) return { meeting, instance };
  }
  throw notFound(3001, `Meeting does not exist: ${key}.`);
}

function secondsOf(stay: Participant): number {
  return secondsBetween(stay.joinedAt, stay.leftAt);
}

function secondsBetween(from: string, to: string | undefined): number {
  return to === undefined ? 0 : Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}
