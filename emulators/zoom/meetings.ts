import { randomBytes, randomInt } from "node:crypto";

import { Hono } from "hono";

import type { Violation } from "../shared/request-log.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { ZoomError } from "./errors.ts";
import { emitCreated, emitDeleted, emitUpdated } from "./events.ts";
import { countWrite } from "./limits.ts";
import { endMeeting } from "./live.ts";
import { createdMeeting, DEFAULT_SETTINGS, readMeeting } from "./meeting-object.ts";
import { problemsOfMeeting, toUtc, type MeetingInput } from "./meeting-rules.ts";
import { plannedEnd, runningInstance, type Host, type Meeting } from "./state.ts";
import { HOST_TIMEZONE } from "./users.ts";
import { answer, findHost, findMeeting, readBody, readQuery, refuse, type Zoom } from "./zoom.ts";

/** `/users/{id}/meetings` (create) and `/meetings/{id}`: read, change, delete, end. */
export function meetingRoutes(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.post("/users/:userId/meetings", async (context) => {
    const host = findHost(zoom, context.req.param("userId"));
    const type = "MeetingsCreateMeetingRequestBody";
    const input = await readBody<MeetingInput>(zoom, context, type);
    refuse(zoom, context, problemsOfMeeting(input));
    countWrite(zoom, host);

    const meeting = newMeeting(zoom, host, input);
    zoom.store.state.meetings.push(meeting);
    zoom.store.changed();
    const { origin } = new URL(context.req.url);
    emitCreated(zoom, meeting, origin);
    const created = createdMeeting(zoom, meeting, origin);
    return answer(zoom, context, "MeetingsCreateMeetingResponse", created, 201);
  });

  app.get("/meetings/:meetingId", (context) => {
    readQuery(zoom, context, "MeetingsGetMeetingQueryParams");
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const { origin } = new URL(context.req.url);
    const read = readMeeting(zoom, meeting, origin);
    return answer(zoom, context, "MeetingsGetMeetingResponse", read);
  });

  app.patch("/meetings/:meetingId", async (context) => {
    readQuery(zoom, context, "MeetingsUpdateMeetingQueryParams");
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const type = "MeetingsUpdateMeetingRequestBody";
    const input = await readBody<MeetingInput>(zoom, context, type);
    refuse(zoom, context, problemsOfMeeting(input));
    countWrite(zoom, findHost(zoom, meeting.hostId));

    const before = structuredClone(meeting);
    Object.assign(meeting, changesOf(input, meeting));
    zoom.store.changed();
    emitUpdated(zoom, before, meeting);
    return context.body(null, 204);
  });

  app.delete("/meetings/:meetingId", (context) => {
    readQuery(zoom, context, "MeetingsDeleteMeetingQueryParams");
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    if (runningInstance(meeting)) {
      const message = "Sorry, you cannot delete this meeting since it's in progress.";
      throw new ZoomError(400, 3002, message);
    }
    const { state } = zoom.store;
    state.meetings = state.meetings.filter((candidate) => candidate !== meeting);
    zoom.store.changed();
    emitDeleted(zoom, meeting);
    return context.body(null, 204);
  });

  app.put("/meetings/:meetingId/status", async (context) => {
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const type = "MeetingsUpdateMeetingStatusRequestBody";
    const { action } = await readBody<{ action?: string }>(zoom, context, type);
    if (action !== "end") throw new ZoomError(400, 300, "Only the action end is emulated.");
    const { origin } = new URL(context.req.url);
    endMeeting(zoom, meeting, origin); // ending what does not run is no error
    return context.body(null, 204);
  });

  return app;
}

function newMeeting(zoom: Zoom, host: Host, input: MeetingInput): Meeting {
  const timezone = input.timezone ?? HOST_TIMEZONE;
  const isInstant = input.type === 1;
  return {
    id: unusedNumber(zoom),
    uuid: randomBytes(16).toString("base64"),
    hostId: host.id,
    topic: input.topic ?? "Zoom Meeting",
    type: isInstant ? 1 : 2,
    startTime:
      isInstant || !input.start_time ? zoom.clock.iso() : toUtc(input.start_time, timezone),
    duration: input.duration ?? 60,
    timezone,
    agenda: input.agenda ?? "",
    password: input.password ?? randomBytes(4).toString("hex"),
    settings: { ...DEFAULT_SETTINGS, ...input.settings },
    trackingFields: input.tracking_fields ?? [],
    createdAt: zoom.clock.iso(),
    registrants: [],
    instances: [],
  };
}

function changesOf(input: MeetingInput, meeting: Meeting): Partial<Meeting> {
  const timezone = input.timezone ?? meeting.timezone;
  return {
    timezone,
    topic: input.topic ?? meeting.topic,
    startTime: input.start_time ? toUtc(input.start_time, timezone) : meeting.startTime,
    duration: input.duration ?? meeting.duration,
    agenda: input.agenda ?? meeting.agenda,
    password: input.password ?? meeting.password,
    settings: { ...meeting.settings, ...input.settings },
    trackingFields: input.tracking_fields ?? meeting.trackingFields,
  };
}

function unusedNumber(zoom: Zoom): number {
  const used = new Set(zoom.store.state.meetings.map((meeting) => meeting.id));
  for (;;) {
    const id = randomInt(80_000_000_000, 90_000_000_000);
    if (!used.has(id)) return id;
  }
}

/**
 * The meetings that one host has at the same time, now. Zoom lets them be planned and only refuses
 * to start the second: for a pool of hosts that is a fault that shows too late, so it counts as a
 * violation for as long as it lasts. One that is about to be moved or deleted passes.
 */
export function overlaps({ store, clock }: Zoom): Violation[] {
  const { meetings } = store.state;
  return meetings.flatMap((meeting, index) => {
    const others = meetings
      .slice(0, index)
      .filter(
        (other) =>
          other.hostId === meeting.hostId &&
          Date.parse(other.startTime) < plannedEnd(meeting) &&
          Date.parse(meeting.startTime) < plannedEnd(other),
      );
    return others.length === 0
      ? []
      : {
          at: clock.iso(),
          direction: "request" as const,
          operation: `host ${meeting.hostId}`,
          problems: others.map(
            (other) => `meeting ${meeting.id} overlaps with meeting ${other.id}`,
          ),
        };
  });
}
