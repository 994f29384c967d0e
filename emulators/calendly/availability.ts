import { Hono } from "hono";

import { answer, findEventType, instant, readQuery, requireOwn, uuidOf } from "./calendly.ts";
import type { ApiEnv, Calendly } from "./calendly.ts";
import { QuerySchemas } from "./contract/requests.ts";
import { CalendlyError } from "./errors.ts";
import { schedulingUrl, userUri } from "./present.ts";
import { eventsOf, externalOf, freeStarts, overlap } from "./slots.ts";

const DAY = 86_400_000;
/** Since 2026-07-09; seven days before. */
const AVAILABLE_DAYS = 31;
const BUSY_DAYS = 7;
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** `/event_type_available_times`, `/user_busy_times` and `/user_availability_schedules`. */
export function availabilityRoutes(calendly: Calendly) {
  const app = new Hono<ApiEnv>();

  app.get("/event_type_available_times", (context) => {
    const query = readQuery(calendly, context, QuerySchemas.availableTimes);
    const person = context.get("person");
    const type = findEventType(calendly, uuidOf(query.event_type));
    requireOwn(person, [type.ownerUuid]);
    const span = readSpan(calendly, query, AVAILABLE_DAYS);

    const { origin } = new URL(context.req.url);
    const collection = freeStarts(calendly, type, person, span).map((start) => ({
      status: "available",
      invitees_remaining: 1,
      start_time: instant(start),
      scheduling_url: `${schedulingUrl(origin, type, person)}/${instant(start)}`,
    }));
    return answer(calendly, context, "availableTimes", { collection });
  });

  app.get("/user_busy_times", (context) => {
    const query = readQuery(calendly, context, QuerySchemas.busyTimes);
    const person = context.get("person");
    requireOwn(person, [query.user]);
    const span = readSpan(calendly, query, BUSY_DAYS);

    const { origin } = new URL(context.req.url);
    const own = eventsOf(calendly, person).map(({ eventUuid, start, end }) => ({
      ...busyTime("calendly", start, end),
      buffered_start_time: instant(start),
      buffered_end_time: instant(end),
      event: { uri: `${origin}/scheduled_events/${eventUuid}` },
    }));
    const external = externalOf(person).map(({ start, end }) => busyTime("external", start, end));
    const collection = [...own, ...external]
      .filter(({ start_time, end_time }) =>
        overlap({ start: Date.parse(start_time), end: Date.parse(end_time) }, span),
      )
      .toSorted((one, other) => one.start_time.localeCompare(other.start_time));
    return answer(calendly, context, "busyTimes", { collection });
  });

  app.get("/user_availability_schedules", (context) => {
    const query = readQuery(calendly, context, QuerySchemas.schedules);
    const person = context.get("person");
    requireOwn(person, [query.user]);

    const { origin } = new URL(context.req.url);
    const { days, from, to } = person.hours;
    const schedule = {
      uri: `${origin}/user_availability_schedules/${person.uuid}`,
      default: true,
      name: "Working hours",
      user: userUri(origin, person.uuid),
      timezone: person.timezone,
      rules: WEEKDAYS.map((wday, index) => ({
        type: "wday",
        wday,
        intervals: days.includes(index + 1) ? [{ from, to }] : [],
      })),
    };
    return answer(calendly, context, "schedules", { collection: [schedule] });
  });

  return app;
}

function busyTime(type: "calendly" | "external", start: number, end: number) {
  return { type, start_time: instant(start), end_time: instant(end) };
}

/** Holds the span of a query to Calendly's rules. Throws CalendlyError 400, logged as a violation. */
function readSpan(
  calendly: Calendly,
  { start_time, end_time }: { start_time: string; end_time: string },
  days: number,
) {
  const span = { start: Date.parse(start_time), end: Date.parse(end_time) };
  const problems = [
    ...(span.start <= calendly.clock.now()
      ? [{ parameter: "start_time", message: "must be in the future" }]
      : []),
    ...(span.end <= span.start
      ? [{ parameter: "end_time", message: "must be after start_time" }]
      : []),
    ...(span.end - span.start > days * DAY
      ? [{ parameter: "end_time", message: `the range cannot be greater than ${days} days` }]
      : []),
  ];
  if (problems.length > 0) {
    const sentences = problems.map(({ parameter, message }) => `${parameter} ${message}`);
    calendly.log.violate("request", "a span of time", sentences);
    throw new CalendlyError(400, "The supplied parameters are invalid.", problems);
  }
  return span;
}
