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
  return `${together(range)}, ${zoneName(start, timeZone)}`;
}

/** An instant for one reader, with their zone named. */
export function moment(at: string, timeZone: string): string {
  const date = new Date(at);
  const text = new Intl.DateTimeFormat("en-US", {
    timeZone,
    dateStyle: "full",
    timeStyle: "short",
  }).format(date);
  return `${together(text)}, ${zoneName(date, timeZone)}`;
}

/** The same words, with no line ending between an hour and its AM or PM. */
function together(time: string): string {
  return time.replace(/\s(?=[AP]M\b)/g, "\u00a0");
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

/**
 * How far ahead something is, for one reader: "In 15 minutes", "In 2 hours", "Today", "Tomorrow", "On
 * Friday". Said from when it is told, not from when that was due: it may have waited for the morning.
 * @param sessions the first is meant, in `time_zone`
 * @param toldAt an instant, ISO 8601
 */
export function ahead(
  { sessions, time_zone: timeZone }: { sessions: { starts_at: string }[]; time_zone: string },
  toldAt: string,
): string {
  const [start, told] = [new Date(sessions[0]?.starts_at ?? toldAt), new Date(toldAt)];
  const minutes = (start.getTime() - told.getTime()) / 60_000;
  if (minutes <= 55) return `In ${Math.max(5, Math.ceil(minutes / 5) * 5)} minutes`;
  if (minutes < 90) return "In an hour";
  if (minutes <= 360) return `In ${Math.round(minutes / 60)} hours`;

  const days = dayNumber(start, timeZone) - dayNumber(told, timeZone);
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  const style = days < 7 ? { weekday: "long" as const } : { dateStyle: "long" as const };
  return `On ${new Intl.DateTimeFormat("en-US", { timeZone, ...style }).format(start)}`;
}

/** The same within a sentence: only what begins with a name keeps its capital. */
export function lowercase(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Days since 1970 on a reader's calendar. */
function dayNumber(at: Date, timeZone: string): number {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** What is said after a price while tax comes on top of it; empty otherwise. */
export function plusTax({ is_taxed }: { is_taxed: boolean }): string {
  return is_taxed ? ", plus tax where it applies," : "";
}
