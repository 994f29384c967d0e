import type { Scope } from "~/lib/paths";

/** What an address or a form says a change is about; anything unknown is the one session. */
export function readScope(value: FormDataEntryValue | null): Scope {
  return value === "following" ? "following" : null;
}
