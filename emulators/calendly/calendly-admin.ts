import { Hono } from "hono";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import { book, cancel, reschedule } from "./book.ts";
import { findInvitee, type Calendly } from "./calendly.ts";
import { forgetTokens } from "./oauth-token.ts";
import { newPerson } from "./state.ts";

const Busy = z.strictObject({
  start: z.iso.datetime({ offset: true }),
  end: z.iso.datetime({ offset: true }),
});

const PersonSchema = z.strictObject({
  name: z.string().min(1),
  plan: z.enum(["free", "paid"]).default("paid"),
  timezone: z.string().default("America/New_York"),
});

const ChangeSchema = z
  .strictObject({
    plan: z.enum(["free", "paid"]),
    externalBusy: z.array(Busy),
    hours: z.strictObject({ days: z.array(z.int()), from: z.string(), to: z.string() }),
  })
  .partial();

const BookingSchema = z.strictObject({
  eventType: z.string(),
  start: z.iso.datetime({ offset: true }),
  name: z.string(),
  email: z.email(),
  tracking: z.record(z.string(), z.string()).optional(),
});

/**
 * What tests can do beyond the common control panel: accounts of their own (`POST /people`,
 * `PATCH /people/{uuid}`), booking, cancelling and moving without a browser (`POST /bookings`,
 * `/bookings/{invitee}/cancel|reschedule`), webhooks that Calendly gave up
 * (`POST /people/{uuid}/disable-webhooks`), ended tokens (`/expire-tokens`, `/revoke-tokens`), and
 * the order of a reschedule's two events (`POST /reschedule-order`).
 */
export function calendlyAdminRoutes(calendly: Calendly) {
  const app = new Hono<EmulatorEnv>();
  const { store, clock } = calendly;

  app.post("/people", async (context) => {
    const { person, eventTypes } = newPerson(PersonSchema.parse(await context.req.json()));
    person.slug = `${person.slug}-${person.uuid.slice(0, 8)}`;
    store.state.people.push(person);
    store.state.eventTypes.push(...eventTypes);
    store.changed();
    return context.json({ person, eventTypes }, 201);
  });

  app.patch("/people/:uuid", async (context) => {
    const person = store.state.people.find(({ uuid }) => uuid === context.req.param("uuid"));
    if (!person) return context.json({ error: "no such person" }, 404);
    const { plan, externalBusy, hours } = ChangeSchema.parse(await context.req.json());
    Object.assign(person, {
      plan: plan ?? person.plan,
      externalBusy: externalBusy ?? person.externalBusy,
      hours: hours ?? person.hours,
    });
    store.changed();
    return context.json({ person });
  });

  app.post("/people/:uuid/disable-webhooks", (context) => {
    for (const subscription of store.state.subscriptions) {
      if (subscription.ownerUuid === context.req.param("uuid")) subscription.state = "disabled";
    }
    store.changed();
    return context.json({ disabled: true });
  });

  app.post("/people/:uuid/expire-tokens", (context) => {
    for (const grant of Object.values(store.state.accessTokens)) {
      if (grant.personUuid === context.req.param("uuid")) grant.endsAt = clock.now();
    }
    store.changed();
    return context.json({ expired: true });
  });

  app.post("/people/:uuid/revoke-tokens", (context) => {
    forgetTokens(calendly, context.req.param("uuid"));
    return context.json({ revoked: true });
  });

  app.post("/bookings", async (context) => {
    const wish = BookingSchema.parse(await context.req.json());
    const type = store.state.eventTypes.find(({ uuid }) => uuid === wish.eventType);
    if (!type) return context.json({ error: "no such event type" }, 404);
    const booked = book(calendly, new URL(context.req.url).origin, {
      type,
      start: Date.parse(wish.start),
      guest: { name: wish.name, email: wish.email, timezone: "America/New_York" },
      location: { type: type.locationKinds[0] ?? "custom" },
      ...(wish.tracking && { tracking: wish.tracking }),
    });
    return context.json({ booked }, 201);
  });

  app.post("/bookings/:invitee/cancel", (context) => {
    const booked = findInvitee(calendly, context.req.param("invitee"));
    const { origin } = new URL(context.req.url);
    cancel(calendly, origin, booked, { cancelerType: "invitee", reason: "Something came up" });
    return context.json({ booked });
  });

  app.post("/bookings/:invitee/reschedule", async (context) => {
    const old = findInvitee(calendly, context.req.param("invitee"));
    const form = z.strictObject({ start: z.iso.datetime({ offset: true }) });
    const { start } = form.parse(await context.req.json());
    const { origin } = new URL(context.req.url);
    return context.json({ booked: reschedule(calendly, origin, old, Date.parse(start)) }, 201);
  });

  app.post("/reschedule-order", async (context) => {
    const form = z.strictObject({ createdFirst: z.boolean() });
    store.state.isCreatedFirst = form.parse(await context.req.json()).createdFirst;
    store.changed();
    return context.json({ createdFirst: store.state.isCreatedFirst });
  });

  return app;
}
