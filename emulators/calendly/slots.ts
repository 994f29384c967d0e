import type { Calendly } from "./calendly.ts";
import type { EventType, Person } from "./state.ts";

const STEP_MILLISECONDS = 30 * 60_000;
const MINUTE = 60_000;

type Span = { start: number; end: number };

/** What a person has at Calendly, as milliseconds since 1970. */
export function eventsOf(calendly: Calendly, person: Person): (Span & { eventUuid: string })[] {
  return calendly.store.state.booked
    .filter(({ ownerUuid, cancellation }) => ownerUuid === person.uuid && !cancellation)
    .map(({ eventUuid, start, end }) => ({
      eventUuid,
      start: Date.parse(start),
      end: Date.parse(end),
    }));
}

/** What the person's other calendars have. */
export function externalOf(person: Person): Span[] {
  return person.externalBusy.map(({ start, end }) => ({
    start: Date.parse(start),
    end: Date.parse(end),
  }));
}

/** Every start within the span at which this event type can be booked. */
export function freeStarts(calendly: Calendly, type: EventType, person: Person, span: Span) {
  const busy = [...eventsOf(calendly, person), ...externalOf(person)];
  const first = Math.ceil(Math.max(span.start, calendly.clock.now()) / STEP_MILLISECONDS);
  const starts: number[] = [];
  for (let start = first * STEP_MILLISECONDS; start < span.end; start += STEP_MILLISECONDS) {
    const slot = { start, end: start + type.minutes * MINUTE };
    if (isWithinHours(person, slot) && !busy.some((other) => overlap(slot, other))) {
      starts.push(start);
    }
  }
  return starts;
}

/** Whether this event type can be booked at exactly this start. */
export function isFree(calendly: Calendly, type: EventType, person: Person, start: number) {
  return freeStarts(calendly, type, person, { start, end: start + 1 }).includes(start);
}

/** Whether two spans share time; one may start when the other ends. */
export function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function isWithinHours({ hours, timezone }: Person, { start, end }: Span): boolean {
  const opens = wallTime(start, timezone);
  const closes = wallTime(end - 1, timezone); // the last moment is still of the day
  const ending = wallTime(end, timezone).time;
  return (
    opens.day === closes.day &&
    hours.days.includes(opens.day) &&
    opens.time >= hours.from &&
    (ending === "00:00" ? "24:00" : ending) <= hours.to
  );
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** ISO weekday and HH:MM as the person's clock shows them. */
function wallTime(milliseconds: number, timeZone: string): { day: number; time: string } {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formatters.set(timeZone, formatter);
  }
  const parts = formatter.formatToParts(milliseconds);
  function part(name: string): string {
    return parts.find(({ type }) => type === name)?.value ?? "";
  }
  return {
    day: WEEKDAYS.indexOf(part("weekday")) + 1,
    time: `${part("hour")}:${part("minute")}`,
  };
}
