import { randomBytes } from "node:crypto";

import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { notFound } from "./errors.ts";
import { emitRecorded, emitRecordingGone } from "./events.ts";
import { passcodesOf, toldRecording } from "./recording-object.ts";
import type { Instance, Meeting, Recording } from "./state.ts";
import { decodeTwice } from "./uuid.ts";
import { answer, readQuery, type Zoom } from "./zoom.ts";

/** `/meetings/{id or uuid}/recordings`: the last recording of a meeting, or that of a run. */
export function recordingRoutes(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.get("/meetings/:key/recordings", (context) => {
    readQuery(zoom, context, "CloudRecordingGetMeetingRecordingsQueryParams");
    const recording = findRecording(zoom, context.req.param("key"));
    const {
      type,
      share_url: _untyped,
      timezone: _too,
      ...told
    } = toldRecording(zoom, recording, new URL(context.req.url).origin);
    return answer(zoom, context, "CloudRecordingGetMeetingRecordingsResponse", {
      ...told,
      ...passcodesOf(recording),
      type: String(type), // text here, a number in events
    });
  });

  app.delete("/meetings/:key/recordings", (context) => {
    const type = "CloudRecordingDeleteMeetingOrWebinarRecordingsQueryParams";
    const { action = "trash" } = readQuery<{ action?: string }>(zoom, context, type);
    const recording = findRecording(zoom, context.req.param("key"));
    const { origin } = new URL(context.req.url);
    if (action === "trash") {
      recording.isTrashed = true;
      emitRecordingGone(zoom, "recording.trashed", recording, origin);
    } else {
      const { state } = zoom.store;
      state.recordings = state.recordings.filter((other) => other !== recording);
      emitRecordingGone(zoom, "recording.deleted", recording, origin);
    }
    zoom.store.changed();
    return context.body(null, 204);
  });

  return app;
}

/** Keeps what was recorded of a run that is over, and tells of it. Zoom takes its time, we don't. */
export function keepRecording(
  zoom: Zoom,
  meeting: Meeting,
  run: Instance & { endedAt: string },
  origin: string,
): void {
  const recording: Recording = {
    uuid: run.uuid,
    meetingId: meeting.id,
    hostId: meeting.hostId,
    topic: meeting.topic,
    type: meeting.type,
    timezone: meeting.timezone,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    token: randomBytes(12).toString("base64url"),
    passcode: randomBytes(4).toString("hex"),
    isTrashed: false,
  };
  zoom.store.state.recordings.push(recording);
  zoom.store.changed();
  emitRecorded(zoom, recording, origin);
}

function findRecording(zoom: Zoom, key: string): Recording {
  const uuid = decodeTwice(key);
  const recording = zoom.store.state.recordings.findLast(
    (candidate) =>
      !candidate.isTrashed &&
      (String(candidate.meetingId) === key || candidate.uuid === uuid || candidate.uuid === key),
  );
  if (!recording) throw notFound(3301, "This recording does not exist.");
  return recording;
}
