import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { listedMeeting } from "./meeting-object.ts";
import { pageOf } from "./paging.ts";
import { plannedEnd, runningInstance, type Meeting } from "./state.ts";
import { answer, findHost, readQuery, type Zoom } from "./zoom.ts";

type ListQuery = {
  type?: "scheduled" | "live" | "upcoming" | "upcoming_meetings" | "previous_meetings";
  page_size?: number;
  page_number?: number;
  next_page_token?: string;
  /** Days, such as 2026-12-01. */
  from?: string;
  to?: string;
};

/** `GET /users/{id}/meetings`: a host's meetings, earliest first. */
export function meetingListRoutes(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.get("/users/:userId/meetings", (context) => {
    const host = findHost(zoom, context.req.param("userId"));
    const query = readQuery<ListQuery>(zoom, context, "MeetingsListMeetingsQueryParams");
    const found = zoom.store.state.meetings
      .filter((meeting) => meeting.hostId === host.id)
      .filter((meeting) => isOfType(meeting, query.type ?? "scheduled", zoom.clock.now()))
      .filter((meeting) => isWithin(meeting, query))
      .sort((one, other) => one.startTime.localeCompare(other.startTime) || one.id - other.id);

    const { items, ...page } = pageOf(found, query);
    const { origin } = new URL(context.req.url);
    return answer(zoom, context, "MeetingsListMeetingsResponse", {
      ...page,
      meetings: items.map((meeting) => listedMeeting(meeting, origin)),
    });
  });

  return app;
}

function isOfType(meeting: Meeting, type: NonNullable<ListQuery["type"]>, now: number): boolean {
  const isLive = runningInstance(meeting) !== undefined;
  const isAhead = plannedEnd(meeting) > now;
  switch (type) {
    case "scheduled":
      return meeting.type !== 1;
    case "live":
      return isLive;
    case "upcoming":
    case "upcoming_meetings":
      return isAhead || isLive;
    case "previous_meetings":
      return !isAhead && !isLive;
  }
}

function isWithin(meeting: Meeting, { from, to }: ListQuery): boolean {
  const day = meeting.startTime.slice(0, 10);
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}
