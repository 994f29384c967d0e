import { randomBytes } from "node:crypto";

import { Hono } from "hono";

import type { EmulatorEnv } from "../shared/serve.ts";
import { ZoomError } from "./errors.ts";
import { joinUrl } from "./meeting-object.ts";
import { pageOf } from "./paging.ts";
import type { Meeting, Registrant } from "./state.ts";
import { answer, findMeeting, readBody, readQuery, type Zoom } from "./zoom.ts";

/** The approval type of a meeting that takes whoever has its link. */
export const REGISTRATION_OFF = 2;

/** `/meetings/{id}/registrants`: personal join links, by which attendance is told apart. */
export function registrantRoutes(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.post("/meetings/:meetingId/registrants", async (context) => {
    readQuery(zoom, context, "MeetingsAddMeetingRegistrantQueryParams");
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    type Body = Pick<Registrant, "email" | "first_name" | "last_name">;
    const type = "MeetingsAddMeetingRegistrantRequestBody";
    const { email, first_name, last_name } = await readBody<Body>(zoom, context, type);
    if (meeting.settings.approval_type === REGISTRATION_OFF) {
      const message = `Registration has not been enabled for this meeting: ${meeting.id}.`;
      throw new ZoomError(400, 3000, message);
    }

    // Registering an address again gives the same registrant.
    const registrant = meeting.registrants.find((known) => known.email === email) ?? {
      id: randomBytes(12).toString("base64url"),
      email,
      first_name,
      last_name,
      create_time: zoom.clock.iso(),
      ticket: randomBytes(18).toString("base64url"),
    };
    if (!meeting.registrants.includes(registrant)) meeting.registrants.push(registrant);
    zoom.store.changed();

    const added = {
      id: meeting.id,
      registrant_id: registrant.id,
      topic: meeting.topic,
      start_time: meeting.startTime,
      join_url: personalUrl(meeting, registrant, new URL(context.req.url).origin),
    };
    return answer(zoom, context, "MeetingsAddMeetingRegistrantResponse", added, 201);
  });

  app.get("/meetings/:meetingId/registrants", (context) => {
    type Query = { status?: string; page_size?: number; next_page_token?: string };
    const query = readQuery<Query>(zoom, context, "MeetingsListMeetingRegistrantsQueryParams");
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const approved = (query.status ?? "approved") === "approved" ? meeting.registrants : [];
    const { items, ...page } = pageOf(approved, query);
    const { origin } = new URL(context.req.url);
    return answer(zoom, context, "MeetingsListMeetingRegistrantsResponse", {
      ...page,
      registrants: items.map((registrant) => {
        const { ticket: _ticket, ...told } = registrant;
        return { ...told, status: "approved", join_url: personalUrl(meeting, registrant, origin) };
      }),
    });
  });

  return app;
}

function personalUrl(meeting: Meeting, registrant: Registrant, origin: string): string {
  return `${joinUrl(meeting, origin)}&tk=${registrant.ticket}`;
}
