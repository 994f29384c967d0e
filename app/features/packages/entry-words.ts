import { sessionsWords } from "./package-words";
import type { CreditEntry } from "./packages.server";

/** What an entry of a package's history says, for its client. */
export function entryWords({ kind, sessions }: Pick<CreditEntry, "kind" | "sessions">): string {
  switch (kind) {
    case "granted":
      return `You bought ${sessionsWords(sessions)}`;
    case "used":
      return "You booked a session";
    case "returned":
      return "A session came back";
    case "ended":
      return `${sessionsWords(-sessions)} ended unused`;
  }
}
