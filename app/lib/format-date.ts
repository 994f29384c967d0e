/** A moment: what the database sends (ISO 8601 with offset), or a Date. */
export type Instant = string | Date;

// Some versions of ICU put a narrow no-break space before AM and PM and others don't. Server and
// browser must write the same text, or React reports a mismatch.
function plainSpaces(text: string): string {
  return text.replace(/[\u202f\u00a0]/g, " ");
}

// Building a formatter costs a hundred times what using it does, and a week of slots uses hundreds.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;

  const made = new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  formatters.set(key, made);
  return made;
}

/** "Tuesday, June 2, 2026" in the named IANA zone. */
export function formatDate(instant: Instant, timeZone: string): string {
  return plainSpaces(formatter(timeZone, { dateStyle: "full" }).format(new Date(instant)));
}

/** "Tue, Jun 2" in the named IANA zone: for lists whose year is plain. */
export function formatShortDate(instant: Instant, timeZone: string): string {
  const options = { weekday: "short", month: "short", day: "numeric" } as const;
  return plainSpaces(formatter(timeZone, options).format(new Date(instant)));
}

/** "Jun 2, 2026" in the named IANA zone: for lists that reach back over years. */
export function formatMediumDate(instant: Instant, timeZone: string): string {
  return plainSpaces(formatter(timeZone, { dateStyle: "medium" }).format(new Date(instant)));
}

/** "2:00 PM" in the named IANA zone. */
export function formatTime(instant: Instant, timeZone: string): string {
  const options = { hour: "numeric", minute: "2-digit" } as const;
  return plainSpaces(formatter(timeZone, options).format(new Date(instant)));
}

/** "2:00 – 2:45 PM", or "11:30 AM – 12:15 PM" across noon, in the named IANA zone. */
export function formatTimeRange(start: Instant, end: Instant, timeZone: string): string {
  const from = formatTime(start, timeZone);
  const to = formatTime(end, timeZone);
  return `${from.slice(-2) === to.slice(-2) ? from.slice(0, -3) : from} – ${to}`;
}

/** What the zone is called on that day, for a person: "Mountain Standard Time". */
export function formatZone(instant: Instant, timeZone: string): string {
  const parts = formatter(timeZone, { timeZoneName: "long" }).formatToParts(new Date(instant));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** "Tuesday, June 2, 2026, 2:00 PM Mountain Standard Time". */
export function formatDateTime(instant: Instant, timeZone: string): string {
  return `${formatDate(instant, timeZone)}, ${formatTime(instant, timeZone)} ${formatZone(instant, timeZone)}`;
}

/** The calendar day (YYYY-MM-DD) an instant falls on in the named IANA zone. */
export function localDay(instant: Instant, timeZone: string): string {
  const parts = formatter(timeZone, { year: "numeric", month: "2-digit", day: "2-digit" });
  const byType = Object.fromEntries(
    parts.formatToParts(new Date(instant)).map((part) => [part.type, part.value]),
  );
  return `${byType["year"]}-${byType["month"]}-${byType["day"]}`;
}

/** "45 minutes", "1 hour", "1 hour 30 minutes". Takes whole minutes. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const words = [
    hours > 0 ? `${hours} ${hours === 1 ? "hour" : "hours"}` : "",
    rest > 0 || hours === 0 ? `${rest} ${rest === 1 ? "minute" : "minutes"}` : "",
  ];
  return words.filter(Boolean).join(" ");
}
