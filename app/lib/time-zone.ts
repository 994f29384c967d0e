/** Where a visitor's zone is kept. Not secret and not signed: scripts of ours write it too. */
export const TIME_ZONE_COOKIE = "time_zone";

/** The zone of whoever has not told us theirs: the one most of our readers are in. */
export const FALLBACK_TIME_ZONE = "America/New_York";

export type TimeZoneChoice = { value: string; label: string };

/** What people in the US call their zones, and a few from where people buy coaching as well. */
export const TIME_ZONE_CHOICES: readonly TimeZoneChoice[] = [
  { value: "America/New_York", label: "Eastern Time" },
  { value: "America/Chicago", label: "Central Time" },
  { value: "America/Denver", label: "Mountain Time" },
  { value: "America/Phoenix", label: "Arizona (no daylight saving)" },
  { value: "America/Los_Angeles", label: "Pacific Time" },
  { value: "America/Anchorage", label: "Alaska Time" },
  { value: "Pacific/Honolulu", label: "Hawaii Time" },
  { value: "America/Puerto_Rico", label: "Puerto Rico and the Virgin Islands" },
  { value: "Pacific/Guam", label: "Guam" },
  { value: "America/Toronto", label: "Toronto" },
  { value: "America/Vancouver", label: "Vancouver" },
  { value: "America/Mexico_City", label: "Mexico City" },
  { value: "America/Sao_Paulo", label: "São Paulo" },
  { value: "Europe/London", label: "London" },
  { value: "Europe/Paris", label: "Paris, Berlin, Madrid" },
  { value: "Asia/Dubai", label: "Dubai" },
  { value: "Asia/Kolkata", label: "India" },
  { value: "Asia/Manila", label: "Manila" },
  { value: "Asia/Tokyo", label: "Tokyo" },
  { value: "Australia/Sydney", label: "Sydney" },
];

/**
 * @param value of any type and content
 * @returns whether it names an IANA zone such as "America/Denver"; offsets such as "+05:00" do not
 */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== "string" || !/^[A-Z][\w+-]*(\/[\w+-]+)*$/i.test(value)) return false;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/**
 * The zones to choose from, with the chosen one among them whatever it is.
 *
 * @param chosen an IANA zone
 * @returns values and labels for a select
 */
export function timeZoneChoices(chosen: string): readonly TimeZoneChoice[] {
  if (TIME_ZONE_CHOICES.some((choice) => choice.value === chosen)) return TIME_ZONE_CHOICES;
  return [{ value: chosen, label: placeOf(chosen) }, ...TIME_ZONE_CHOICES];
}

/** "America/Argentina/Buenos_Aires" is "Buenos Aires". */
function placeOf(timeZone: string): string {
  return timeZone.split("/").at(-1)!.replaceAll("_", " ");
}
