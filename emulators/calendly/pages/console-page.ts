import { Hono } from "hono";

import { activity } from "../../shared/console.ts";
import { html, page, table } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import type { Calendly } from "../calendly.ts";

/** `/`: who there is, with their booking pages, what is booked, and what went in and out. */
export function consolePages(calendly: Calendly) {
  const app = new Hono<EmulatorEnv>();

  app.get("/", (context) => {
    const { people, eventTypes, booked, subscriptions } = calendly.store.state;
    const body = html`<p class="soft">The emulator's time is ${calendly.clock.iso()}.</p>
      <h2>People</h2>
      ${table(
        ["Name", "Plan", "Webhook", "Booking pages"],
        people.map((person) => [
          person.name,
          person.plan,
          subscriptions.find(({ ownerUuid }) => ownerUuid === person.uuid)?.state ?? "none",
          html`${eventTypes
            .filter(({ ownerUuid }) => ownerUuid === person.uuid)
            .map((type) => html`<a href="/${person.slug}/${type.slug}">${type.name}</a> `)}`,
        ]),
        "Nobody.",
      )}
      <h2>Events</h2>
      ${table(
        ["Start (UTC)", "Invitee", "State", "Links"],
        booked
          .toSorted((one, other) => other.start.localeCompare(one.start))
          .map((event) => [
            event.start,
            event.name,
            event.cancellation ? (event.rescheduled ? "rescheduled" : "cancelled") : "active",
            html`<a href="/reschedulings/${event.inviteeUuid}">Reschedule</a>
              <a href="/cancellations/${event.inviteeUuid}">Cancel</a>`,
          ]),
        "Nothing has been booked yet.",
      )}
      ${activity(calendly.log, calendly.webhooks)}`;
    return context.html(page({ title: "Calendly accounts", emulator: "Calendly", body }));
  });

  return app;
}
