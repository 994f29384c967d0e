import { randomUUID } from "node:crypto";

import { Hono } from "hono";

import { answer, instant, readBody, readQuery, requireOwn } from "./calendly.ts";
import type { ApiEnv, Calendly } from "./calendly.ts";
import { QuerySchemas, SubscriptionSchema } from "./contract/requests.ts";
import { CalendlyError, notFound, planTooSmall } from "./errors.ts";
import { pageOf } from "./paging.ts";
import { presentSubscription } from "./present.ts";
import type { Subscription } from "./state.ts";

/** `/webhook_subscriptions`: make, list, read, delete. Paid plans only. */
export function subscriptionRoutes(calendly: Calendly) {
  const app = new Hono<ApiEnv>();
  const { store } = calendly;

  app.post("/webhook_subscriptions", async (context) => {
    const input = await readBody(calendly, context, SubscriptionSchema);
    const person = context.get("person");
    requireOwn(person, [input.user, input.organization]);
    if (person.plan === "free") throw planTooSmall();
    const isKnown = store.state.subscriptions.some(
      ({ ownerUuid, url }) => ownerUuid === person.uuid && url === input.url,
    );
    if (isKnown) throw new CalendlyError(409, "Hook with this url already exists");

    const subscription: Subscription = {
      uuid: randomUUID(),
      ownerUuid: person.uuid,
      url: input.url,
      events: input.events,
      scope: input.scope,
      state: "active",
      createdAt: instant(calendly.clock.now()),
    };
    store.state.subscriptions.push(subscription);
    store.changed();
    const { origin } = new URL(context.req.url);
    const resource = presentSubscription(origin, subscription, person);
    return answer(calendly, context, "subscription", { resource }, 201);
  });

  app.get("/webhook_subscriptions", (context) => {
    const query = readQuery(calendly, context, QuerySchemas.subscriptions);
    const person = context.get("person");
    requireOwn(person, [query.user, query.organization]);
    const { origin } = new URL(context.req.url);
    const own = store.state.subscriptions
      .filter(({ ownerUuid, scope }) => ownerUuid === person.uuid && scope === query.scope)
      .map((subscription) => presentSubscription(origin, subscription, person));
    return answer(calendly, context, "subscriptions", pageOf(context, own, query));
  });

  app.get("/webhook_subscriptions/:uuid", (context) => {
    const person = context.get("person");
    const found = findOwn(person.uuid, context.req.param("uuid"));
    const { origin } = new URL(context.req.url);
    const resource = presentSubscription(origin, found, person);
    return answer(calendly, context, "subscription", { resource });
  });

  app.delete("/webhook_subscriptions/:uuid", (context) => {
    const found = findOwn(context.get("person").uuid, context.req.param("uuid"));
    const { state } = store;
    state.subscriptions = state.subscriptions.filter((candidate) => candidate !== found);
    store.changed();
    return context.body(null, 204);
  });

  function findOwn(ownerUuid: string, uuid: string): Subscription {
    const found = store.state.subscriptions.find(
      (candidate) => candidate.uuid === uuid && candidate.ownerUuid === ownerUuid,
    );
    if (!found) throw notFound();
    return found;
  }

  return app;
}
