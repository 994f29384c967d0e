/**
 * A session's time for one reader, with their zone named in words:
 * "Tuesday, November 24, 2026, 9:00 – 10:00 AM, Mountain Standard Time".
 * @param startsAt an instant, ISO 8601
 * @param endsAt an instant, ISO 8601
 * @param timeZone the reader's IANA zone
 */
export function sessionTime(startsAt: string, endsAt: string, timeZone: string): string {
  const start = new Date(startsAt);
  const range = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "long",
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).formatRange(start, new Date(endsAt));
  return `${range}, ${zoneName(start, timeZone)}`;
}

/** An instant for one reader, with their zone named. */
export function moment(at: string, timeZone: string): string {
  const date = new Date(at);
  const text = new Intl.DateTimeFormat("en-US", {
    timeZone,
    dateStyle: "full",
    timeStyle: "short",
  }).format(date);
  return `${text}, ${zoneName(date, timeZone)}`;
}

/** The zone's name at that instant, such as Mountain Standard Time. */
function zoneName(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "long" }).formatToParts(
    at,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** Cents as dollars: 15000 is $150.00. */
export function dollars(cents: number): string {
  return new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(cents / 100);
}
