import { Hono } from "hono";

import { activity } from "../shared/console.ts";
import { html, page, table } from "../shared/page.ts";
import type { EmulatorEnv } from "../shared/serve.ts";
import { hostEmail, joinUrl } from "./meeting-object.ts";
import { runningInstance, type Meeting } from "./state.ts";
import { makeZak } from "./zak.ts";
import type { Zoom } from "./zoom.ts";

const START_SECONDS = 7200;

/** `/`: the meetings, with both links of each, and what went in and out. */
export function consolePages(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.get("/", (context) => {
    const { origin } = new URL(context.req.url);
    const meetings = zoom.store.state.meetings.toSorted((one, other) =>
      other.startTime.localeCompare(one.startTime),
    );
    const body = html`<p class="soft">The emulator's time is ${zoom.clock.iso()}.</p>
      <h2>Meetings</h2>
      ${table(
        ["Start (UTC)", "Topic", "Host", "State", "Links"],
        meetings.map((meeting) => [
          meeting.startTime,
          meeting.topic,
          hostEmail(zoom, meeting),
          stateOf(meeting),
          html`<a href="${joinUrl(meeting, origin)}">Join</a>
            <a href="/s/${meeting.id}?zak=${makeZak(zoom, meeting.hostId, START_SECONDS)}"
              >Start</a
            >`,
        ]),
        "No meeting has been made yet.",
      )}
      ${activity(zoom.log, zoom.webhooks)}`;
    return context.html(page({ title: "Meetings", emulator: "Zoom", body }));
  });

  return app;
}

function stateOf(meeting: Meeting): string {
  if (runningInstance(meeting)) return "running";
  return meeting.instances.length > 0 ? "has ended" : "waiting";
}
