import { Hono } from "hono";
import type { Context } from "hono";
import { z } from "zod";

import { html, page, type Html } from "../../shared/page.ts";
import type { EmulatorEnv } from "../../shared/serve.ts";
import { book } from "../book.ts";
import type { Calendly } from "../calendly.ts";
import { notFound } from "../errors.ts";
import { presentInvitee } from "../present.ts";
import { freeStarts, isFree } from "../slots.ts";
import type { Booked, EventType, Person, Tracking } from "../state.ts";
import { frameScript } from "./frame-script.ts";
import { moment, timeList } from "./time-list.ts";

const SHOWN_DAYS = 14;
const DAY = 86_400_000;
const UTM = ["utm_campaign", "utm_source", "utm_medium", "utm_content", "utm_term"] as const;

const FormSchema = z.object({
  start: z.coerce.number().int(),
  name: z.string().trim().min(1),
  email: z.email(),
  location: z.string().trim().optional(),
  answer: z.string().trim().optional(),
});

type Found = { person: Person; type: EventType };

/** `/{slug}/{event}`: where people book, by itself or in a frame; prefilled from its address. */
export function bookingPages(calendly: Calendly) {
  const app = new Hono<EmulatorEnv>();

  app.get("/:slug/:event", (context) => {
    const found = find(calendly, context.req.param("slug"), context.req.param("event"));
    return context.html(bookingPage(calendly, context, found));
  });

  app.post("/:slug/:event", async (context) => {
    const found = find(calendly, context.req.param("slug"), context.req.param("event"));
    const form = FormSchema.safeParse(await context.req.parseBody());
    if (!form.success) {
      const problem = "Please choose a time and enter your name and e-mail address.";
      return context.html(bookingPage(calendly, context, found, problem), 422);
    }
    const { start, name, email, location, answer } = form.data;
    if (!isFree(calendly, found.type, found.person, start)) {
      const problem = "That time has just been taken. Please choose another one.";
      return context.html(bookingPage(calendly, context, found, problem), 409);
    }

    const [kind = "custom"] = found.type.locationKinds;
    const [question] = found.type.questions;
    const booked = book(calendly, new URL(context.req.url).origin, {
      type: found.type,
      start,
      guest: { name, email, timezone: context.req.query("timezone") ?? found.person.timezone },
      location: { type: kind, ...(location && { location }) },
      tracking: trackingOf(context),
      answers:
        question && answer
          ? [{ question: question.name, answer, position: question.position }]
          : [],
    });
    return context.html(scheduledPage(calendly, context, found, booked));
  });

  return app;
}

function find({ store }: Calendly, slug: string, event: string): Found {
  const person = store.state.people.find((candidate) => candidate.slug === slug);
  const type = store.state.eventTypes.find(
    (candidate) => candidate.ownerUuid === person?.uuid && candidate.slug === event,
  );
  if (!person || !type?.active) throw notFound();
  return { person, type };
}

function trackingOf(context: Context<EmulatorEnv>): Partial<Tracking> {
  const query = context.req.query();
  return Object.fromEntries(
    [...UTM, "salesforce_uuid"].map((name) => [name, query[name] ?? null] as const),
  );
}

function bookingPage(
  calendly: Calendly,
  context: Context<EmulatorEnv>,
  { person, type }: Found,
  problem?: string,
): Html {
  const { name, first_name, last_name, email, a1, location } = context.req.query();
  const from = calendly.clock.now();
  const starts = freeStarts(calendly, type, person, {
    start: from,
    end: from + SHOWN_DAYS * DAY,
  });
  const body = html`<p>${person.name}, ${type.minutes} minutes. Times in ${person.timezone}.</p>
    ${problem ? html`<p class="bad" role="alert">${problem}</p>` : ""}
    <form method="post" class="card">
      ${timeList(starts, person.timezone)}
      <label>
        Name
        <input
          name="name"
          required
          autocomplete="name"
          value="${name ?? [first_name, last_name].filter(Boolean).join(" ")}"
        />
      </label>
      <label>Email <input name="email" type="email" required value="${email ?? ""}" /></label>
      ${
        type.locationKinds[0] === "ask_invitee"
          ? html`<label>Location <input name="location" value="${location ?? ""}" /></label>`
          : ""
      }
      ${type.questions.map(
        (question) =>
          html`<label>${question.name} <textarea name="answer">${a1 ?? ""}</textarea></label>`,
      )}
      <button>Schedule event</button>
    </form>
    ${frameScript(context, "calendly.event_type_viewed", {})}`;
  return page({ title: type.name, emulator: "Calendly", body });
}

function scheduledPage(
  calendly: Calendly,
  context: Context<EmulatorEnv>,
  { person, type }: Found,
  booked: Booked,
): Html {
  const { origin } = new URL(context.req.url);
  const invitee = presentInvitee(origin, booked, calendly.store.state.booked);
  const body = html`<p role="status">
      ${type.name} with ${person.name} on ${moment(booked.start, person.timezone)}.
    </p>
    <p>
      <a href="${invitee.reschedule_url}">Reschedule</a>
      <a href="${invitee.cancel_url}">Cancel</a>
    </p>
    ${frameScript(context, "calendly.event_scheduled", {
      event: { uri: invitee.event },
      invitee: { uri: invitee.uri },
    })}`;
  return page({ title: "You are scheduled", emulator: "Calendly", body });
}
