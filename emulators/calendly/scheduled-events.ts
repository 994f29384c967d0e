import { randomUUID } from "node:crypto";

import { Hono } from "hono";

import { cancel } from "./book.ts";
import { answer, findEvent, findEventType, findInvitee } from "./calendly.ts";
import { instant, readBody, readQuery, requireOwn, uuidOf } from "./calendly.ts";
import type { ApiEnv, Calendly } from "./calendly.ts";
import { CancellationSchema, NoShowSchema, QuerySchemas } from "./contract/requests.ts";
import { SchedulingLinkSchema } from "./contract/requests.ts";
import { CalendlyError, notFound } from "./errors.ts";
import { emitInvitee } from "./events.ts";
import { pageOf } from "./paging.ts";
import { presentCancellation, presentEvent, presentInvitee, schedulingUrl } from "./present.ts";
import type { Booked, Person } from "./state.ts";

/** `/scheduled_events` and what belongs to one: its invitee, cancelling it, a no-show. */
export function scheduledEventRoutes(calendly: Calendly) {
  const app = new Hono<ApiEnv>();
  const { store } = calendly;

  function present(origin: string, booked: Booked, person: Person) {
    return presentEvent(origin, booked, findEventType(calendly, booked.eventTypeUuid), person);
  }

  app.get("/scheduled_events", (context) => {
    const query = readQuery(calendly, context, QuerySchemas.scheduledEvents);
    const person = context.get("person");
    requireOwn(person, [query.user, query.organization]);
    const from = query.min_start_time ? Date.parse(query.min_start_time) : -Infinity;
    const to = query.max_start_time ? Date.parse(query.max_start_time) : Infinity;

    const { origin } = new URL(context.req.url);
    const events = store.state.booked
      .filter(({ ownerUuid }) => ownerUuid === person.uuid)
      .filter(({ cancellation }) => !query.status || statusOf(cancellation) === query.status)
      .filter(({ email }) => !query.invitee_email || email === query.invitee_email)
      .filter(({ start }) => Date.parse(start) >= from && Date.parse(start) <= to)
      .toSorted((one, other) => one.start.localeCompare(other.start))
      .map((booked) => present(origin, booked, person));
    if (query.sort === "start_time:desc") events.reverse();
    return answer(calendly, context, "scheduledEvents", pageOf(context, events, query));
  });

  app.get("/scheduled_events/:uuid", (context) => {
    const person = context.get("person");
    const booked = findEvent(calendly, person, context.req.param("uuid"));
    const { origin } = new URL(context.req.url);
    const resource = present(origin, booked, person);
    return answer(calendly, context, "scheduledEvent", { resource });
  });

  app.get("/scheduled_events/:uuid/invitees", (context) => {
    const query = readQuery(calendly, context, QuerySchemas.invitees);
    const booked = findEvent(calendly, context.get("person"), context.req.param("uuid"));
    const { origin } = new URL(context.req.url);
    const invitees = [presentInvitee(origin, booked, store.state.booked)]
      .filter(({ status }) => !query.status || status === query.status)
      .filter(({ email }) => !query.email || email === query.email);
    return answer(calendly, context, "invitees", pageOf(context, invitees, query));
  });

  app.get("/scheduled_events/:uuid/invitees/:inviteeUuid", (context) => {
    const booked = findEvent(calendly, context.get("person"), context.req.param("uuid"));
    if (booked.inviteeUuid !== context.req.param("inviteeUuid")) throw notFound();
    const { origin } = new URL(context.req.url);
    const resource = presentInvitee(origin, booked, store.state.booked);
    return answer(calendly, context, "invitee", { resource });
  });

  app.post("/scheduled_events/:uuid/cancellation", async (context) => {
    const { reason } = await readBody(calendly, context, CancellationSchema);
    const booked = findEvent(calendly, context.get("person"), context.req.param("uuid"));
    if (booked.cancellation) throw new CalendlyError(403, "Event is already canceled");

    const { origin } = new URL(context.req.url);
    cancel(calendly, origin, booked, { cancelerType: "host", reason: reason ?? null });
    const resource = presentCancellation(booked);
    return answer(calendly, context, "cancellation", { resource }, 201);
  });

  app.post("/invitee_no_shows", async (context) => {
    const { invitee } = await readBody(calendly, context, NoShowSchema);
    const booked = findInvitee(calendly, uuidOf(invitee));
    requireOwn(context.get("person"), [booked.ownerUuid]);
    if (Date.parse(booked.start) > calendly.clock.now()) {
      throw new CalendlyError(400, "The event has not started yet.");
    }
    booked.noShow ??= { uuid: randomUUID(), createdAt: instant(calendly.clock.now()) };
    store.changed();

    const { origin } = new URL(context.req.url);
    emitInvitee(calendly, origin, "invitee_no_show.created", booked);
    const { uuid, createdAt } = booked.noShow;
    const resource = {
      uri: `${origin}/invitee_no_shows/${uuid}`,
      invitee: presentInvitee(origin, booked, store.state.booked).uri,
      created_at: createdAt,
    };
    return answer(calendly, context, "noShow", { resource }, 201);
  });

  app.delete("/invitee_no_shows/:uuid", (context) => {
    const booked = store.state.booked.find(
      ({ noShow }) => noShow?.uuid === context.req.param("uuid"),
    );
    if (booked?.ownerUuid !== context.get("person").uuid) throw notFound();
    booked.noShow = null;
    store.changed();
    emitInvitee(calendly, new URL(context.req.url).origin, "invitee_no_show.deleted", booked);
    return context.body(null, 204);
  });

  app.post("/scheduling_links", async (context) => {
    const { owner } = await readBody(calendly, context, SchedulingLinkSchema);
    const person = context.get("person");
    const type = findEventType(calendly, uuidOf(owner));
    requireOwn(person, [type.ownerUuid]);
    const { origin } = new URL(context.req.url);
    const booking_url = schedulingUrl(origin, type, person);
    const resource = { booking_url, owner, owner_type: "EventType" };
    return answer(calendly, context, "schedulingLink", { resource }, 201);
  });

  return app;
}

function statusOf(cancellation: Booked["cancellation"]): "active" | "canceled" {
  return cancellation ? "canceled" : "active";
}
