import { Temporal } from "temporal-polyfill";

/** What a create or update may say about a meeting, once its shape is known to be right. */
export type MeetingInput = {
  topic?: string;
  type?: number;
  start_time?: string;
  duration?: number;
  timezone?: string;
  agenda?: string;
  password?: string;
  settings?: Record<string, unknown>;
  tracking_fields?: { field: string; value?: string }[];
};

const INSTANT = 1;
const SCHEDULED = 2;
const START_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?$/;

/** Rules that the type declarations don't tell: lengths, formats, what belongs together. */
export function problemsOfMeeting(input: MeetingInput): string[] {
  const problems: string[] = [];
  const { topic = "", agenda = "", password, duration, timezone, type = SCHEDULED } = input;

  if (type !== INSTANT && type !== SCHEDULED) {
    problems.push("/type recurring meetings are not emulated");
  }
  if (topic.length > 200) problems.push("/topic must be at most 200 characters long");
  if (agenda.length > 2000) problems.push("/agenda must be at most 2000 characters long");
  if (password !== undefined && !/^[A-Za-z0-9@\-_*]{0,10}$/.test(password)) {
    problems.push("/password must be at most 10 of a-z, A-Z, 0-9, @, -, _ and *");
  }
  if (duration !== undefined && (!Number.isInteger(duration) || duration < 1)) {
    problems.push("/duration must be a whole number of minutes");
  }
  if (timezone !== undefined && !isTimezone(timezone)) {
    problems.push("/timezone must be a zone of the IANA list");
  }
  if (input.start_time !== undefined && !isStartTime(input.start_time)) {
    problems.push("/start_time must look like 2026-12-01T15:00:00Z, or without Z in the timezone");
  }
  return problems;
}

/** Turns a start time (UTC with Z, wall time of `timezone` without) into UTC. */
export function toUtc(startTime: string, timezone: string): string {
  if (startTime.endsWith("Z")) return startTime;
  return Temporal.PlainDateTime.from(startTime)
    .toZonedDateTime(timezone)
    .toInstant()
    .toString({ smallestUnit: "second" });
}

function isStartTime(text: string): boolean {
  return START_TIME.test(text) && !Number.isNaN(Date.parse(text));
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
