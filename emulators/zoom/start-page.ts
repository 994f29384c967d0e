import { Hono } from "hono";

import { html } from "../shared/page.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { endMeeting, leaveMeeting, startMeeting } from "./live.ts";
import { meetingFacts, meetingPage, participantList } from "./meeting-view.ts";
import { present, runningInstance, type Meeting } from "./state.ts";
import { hostOfZak } from "./zak.ts";
import { findMeeting, type Zoom } from "./zoom.ts";

/** `/s/{id}?zak=`: what the host sees behind a start link. */
export function startPages(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.get("/:meetingId", (context) => {
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const zak = context.req.query("zak") ?? "";
    if (hostOfZak(zoom, zak) !== meeting.hostId) return context.html(expiredPage(meeting), 403);
    return context.html(hostPage(meeting, zak));
  });

  app.post("/:meetingId/:action{start|leave|end}", (context) => {
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const zak = context.req.query("zak") ?? "";
    const { origin } = new URL(context.req.url);
    if (hostOfZak(zoom, zak) !== meeting.hostId) return context.html(expiredPage(meeting), 403);

    switch (context.req.param("action")) {
      case "start": {
        const started = startMeeting(zoom, meeting);
        if ("refused" in started) {
          return context.html(hostPage(meeting, zak, started.refused), 409);
        }
        break;
      }
      case "leave":
        leaveMeeting(zoom, meeting, hostStay(meeting) ?? "", origin);
        break;
      case "end":
        endMeeting(zoom, meeting, origin);
        break;
    }
    return context.redirect(`/s/${meeting.id}?zak=${zak}`, 303);
  });

  return app;
}

function hostPage(meeting: Meeting, zak: string, problem?: string) {
  const instance = runningInstance(meeting);
  const isIn = hostStay(meeting) !== undefined;
  const button = (action: string, label: string) =>
    html`<form method="post" action="/s/${meeting.id}/${action}?zak=${zak}">
      <button>${label}</button>
    </form>`;

  const body = html`${meetingFacts(meeting)}
    ${problem ? html`<p class="bad" role="alert">${problem}</p>` : ""}
    ${instance ? html`<p role="status">The meeting is running.</p>` : ""}
    ${instance ? participantList(instance) : ""}
    <div class="card">
      ${isIn ? button("leave", "Leave") : button("start", "Start meeting")}
      ${instance ? button("end", "End meeting for all") : ""}
    </div>`;
  return meetingPage(meeting, body);
}

function expiredPage(meeting: Meeting) {
  const body = html`<p>This start link has expired. Start links are good for two hours.</p>`;
  return meetingPage(meeting, body);
}

function hostStay(meeting: Meeting): string | undefined {
  const instance = runningInstance(meeting);
  return instance && present(instance).find((participant) => participant.isHost)?.uuid;
}
