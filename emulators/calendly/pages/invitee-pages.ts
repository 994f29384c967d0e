import { Hono } from "hono";
import { z } from "zod";

import { html, page, type Html } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import { cancel, reschedule } from "../book.ts";
import { findEventType, findInvitee, personOf, type Calendly } from "../calendly.ts";
import { freeStarts, isFree } from "../slots.ts";
import type { Booked } from "../state.ts";
import { moment, timeList } from "./time-list.ts";

const SHOWN_DAYS = 14;
const DAY = 86_400_000;

/** `/cancellations/{id}` and `/reschedulings/{id}`: what the links in an invitee's mail open. */
export function inviteePages(calendly: Calendly) {
  const app = new Hono<EmulatorEnv>();

  app.get("/cancellations/:uuid", (context) => {
    const booked = findInvitee(calendly, context.req.param("uuid"));
    return context.html(booked.cancellation ? gonePage(booked) : cancelPage(booked));
  });

  app.post("/cancellations/:uuid", async (context) => {
    const booked = findInvitee(calendly, context.req.param("uuid"));
    if (booked.cancellation) return context.html(gonePage(booked), 409);
    const form = z.object({ reason: z.string().trim().optional() });
    const { reason } = form.parse(await context.req.parseBody());
    const { origin } = new URL(context.req.url);
    cancel(calendly, origin, booked, { cancelerType: "invitee", reason: reason || null });
    return context.html(gonePage(booked));
  });

  app.get("/reschedulings/:uuid", (context) => {
    const booked = findInvitee(calendly, context.req.param("uuid"));
    return context.html(booked.cancellation ? gonePage(booked) : reschedulePage(calendly, booked));
  });

  app.post("/reschedulings/:uuid", async (context) => {
    const booked = findInvitee(calendly, context.req.param("uuid"));
    if (booked.cancellation) return context.html(gonePage(booked), 409);
    const form = z.object({ start: z.coerce.number().int() });
    const parsed = form.safeParse(await context.req.parseBody());
    const person = personOf(calendly, booked.ownerUuid);
    const type = findEventType(calendly, booked.eventTypeUuid);
    if (!parsed.success || !isFree(calendly, type, person, parsed.data.start)) {
      const problem = "Please choose one of the free times.";
      return context.html(reschedulePage(calendly, booked, problem), 422);
    }
    const { origin } = new URL(context.req.url);
    const moved = reschedule(calendly, origin, booked, parsed.data.start);
    const body = html`<p role="status">It is now on ${moment(moved.start, moved.timezone)}.</p>`;
    return context.html(page({ title: "Rescheduled", emulator: "Calendly", body }));
  });

  return app;
}

function cancelPage(booked: Booked): Html {
  const body = html`<p>${moment(booked.start, booked.timezone)}</p>
    <form method="post" class="card">
      <label>Reason <textarea name="reason"></textarea></label>
      <button>Cancel event</button>
    </form>`;
  return page({ title: "Cancel this event?", emulator: "Calendly", body });
}

function reschedulePage(calendly: Calendly, booked: Booked, problem?: string): Html {
  const person = personOf(calendly, booked.ownerUuid);
  const type = findEventType(calendly, booked.eventTypeUuid);
  const from = calendly.clock.now();
  const span = { start: from, end: from + SHOWN_DAYS * DAY };
  const body = html`<p>Now on ${moment(booked.start, booked.timezone)}</p>
    ${problem ? html`<p class="bad" role="alert">${problem}</p>` : ""}
    <form method="post" class="card">
      ${timeList(freeStarts(calendly, type, person, span), person.timezone)}
      <button>Reschedule event</button>
    </form>`;
  return page({ title: "Reschedule this event", emulator: "Calendly", body });
}

function gonePage(booked: Booked): Html {
  const state = booked.rescheduled ? "was moved to another time" : "is cancelled";
  const body = html`<p role="status">The event ${state}.</p>`;
  return page({ title: "Nothing left to do", emulator: "Calendly", body });
}
