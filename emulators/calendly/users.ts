import { Hono } from "hono";

import { answer, findEventType, readQuery, requireOwn, uuidOf } from "./calendly.ts";
import { personOf, type ApiEnv, type Calendly } from "./calendly.ts";
import { QuerySchemas } from "./contract/requests.ts";
import { CalendlyError } from "./errors.ts";
import { pageOf } from "./paging.ts";
import { presentEventType, presentUser } from "./present.ts";

/** `/users/me`, `/users/{uuid}`, `/event_types` and `/event_types/{uuid}`. */
export function userRoutes(calendly: Calendly) {
  const app = new Hono<ApiEnv>();

  app.get("/users/:uuid", (context) => {
    readQuery(calendly, context, QuerySchemas.none);
    const asking = context.get("person");
    const key = context.req.param("uuid");
    const person = key === "me" ? asking : personOf(calendly, key);
    requireOwn(asking, [person.uuid]);
    const { origin } = new URL(context.req.url);
    return answer(calendly, context, "user", { resource: presentUser(origin, person) });
  });

  app.get("/event_types", (context) => {
    const query = readQuery(calendly, context, QuerySchemas.eventTypes);
    const person = context.get("person");
    if (!query.user && !query.organization) {
      throw new CalendlyError(400, "The supplied parameters are invalid.", [
        { parameter: "user", message: "user or organization is required" },
      ]);
    }
    requireOwn(person, [query.user, query.organization]);

    const { origin } = new URL(context.req.url);
    const types = calendly.store.state.eventTypes
      .filter(({ ownerUuid }) => ownerUuid === person.uuid)
      .filter(({ active }) => query.active === undefined || active === query.active)
      .map((type) => presentEventType(origin, type, person));
    return answer(calendly, context, "eventTypes", pageOf(context, types, query));
  });

  app.get("/event_types/:uuid", (context) => {
    readQuery(calendly, context, QuerySchemas.none);
    const person = context.get("person");
    const type = findEventType(calendly, uuidOf(context.req.param("uuid")));
    requireOwn(person, [type.ownerUuid]);
    const { origin } = new URL(context.req.url);
    const resource = presentEventType(origin, type, person);
    return answer(calendly, context, "eventType", { resource });
  });

  return app;
}
