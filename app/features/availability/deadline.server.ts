import { Temporal } from "temporal-polyfill";

import { isTimeZone } from "~/lib/time-zone";

import { isDay } from "./plan-schemas";

/** What a client looks for: wall time in their zone, and perhaps what it is about and where. */
export type DeadlineSearch = {
  /** YYYY-MM-DD; empty when it was not named. */
  date: string;
  /** HH:MM */
  time: string;
  timeZone: string;
  specialty: string | null;
  state: string | null;
  /** From 1. */
  page: number;
};

const LAST_PAGE = 100;

/**
 * Reads a deadline from an address. What was typed is kept, and what is wrong with it said.
 *
 * @param params the address's query
 * @param timeZone the reader's IANA zone, for who does not choose one
 * @param now this moment
 * @returns the search; the instant, once it is complete; and errors by field
 */
export function readDeadline(
  params: URLSearchParams,
  timeZone: string,
  now: Date,
): { search: DeadlineSearch; deadline: Date | null; errors: { date?: string; time?: string } } {
  const chosen = params.get("time_zone");
  const page = Number(params.get("page"));
  const search: DeadlineSearch = {
    date: (params.get("date") ?? "").trim().slice(0, 20),
    time: params.get("time") ?? "16:00",
    timeZone: isTimeZone(chosen) ? chosen : timeZone,
    specialty: params.get("specialty")?.slice(0, 100) || null,
    state: params.get("state")?.slice(0, 100) || null,
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, LAST_PAGE) : 1,
  };

  if (!params.has("date")) return { search, deadline: null, errors: {} };
  if (!isDay(search.date)) return { search, deadline: null, errors: { date: "Choose a date." } };
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(search.time)) {
    return {
      search: { ...search, time: "16:00" },
      deadline: null,
      errors: { time: "Choose a time from the list." },
    };
  }

  // A time that the clock shows twice is the first: better early than late for an appointment.
  const instant = Temporal.PlainDateTime.from(`${search.date}T${search.time}`).toZonedDateTime(
    search.timeZone,
    { disambiguation: "earlier" },
  );
  const deadline = new Date(instant.epochMilliseconds);
  return deadline <= now
    ? { search, deadline: null, errors: { date: "Choose a moment that is still ahead." } }
    : { search, deadline, errors: {} };
}
