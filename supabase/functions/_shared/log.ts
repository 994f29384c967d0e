/**
 * Writes one JSON line. Fields are ids, codes, counts and durations; never tokens, addresses
 * or bodies.
 */
export function log(level: "info" | "warn" | "error", event: string, fields: object = {}): void {
  console[level](JSON.stringify({ level, event, ...fields }));
}

/** What can be logged of something thrown. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
