/** A start as pages show it: "2:00 PM". */
export function clock(instant: string, timeZone: string): string {
  const options = { hour: "numeric", minute: "2-digit", timeZone } as const;
  return new Intl.DateTimeFormat("en-US", options).format(new Date(instant)).replace(/\s/g, " ");
}

/** A day as pages show it: "Tuesday, June 2, 2026". */
export function fullDate(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeZone }).format(
    new Date(instant),
  );
}
