import { formatDateTime } from "~/lib/format-date";

type Terms = {
  move_until: string;
  /** Null is any number. */
  moves_left: number | null;
  full_until: string | null;
};

type Reader = { isClient: boolean; counterpart: string; timeZone: string };

/**
 * Until when and how often the reader may move a session.
 *
 * @param terms of move_terms; it counts, this only words it
 */
export function moveLimitWords(terms: Terms, reader: Reader): string {
  const until = formatDateTime(terms.move_until, reader.timeZone);
  if (terms.moves_left === null) return `You can move this session until ${until}.`;
  const times = terms.moves_left === 1 ? "once more" : `${terms.moves_left} more times`;
  return `You can move this session ${times}, until ${until}.`;
}

/**
 * What a move changes and what it leaves, as sentences.
 *
 * @param terms for the new start
 * @param now this moment
 */
export function moveEffectWords(terms: Terms, reader: Reader, now: Date): string[] {
  const { counterpart, isClient } = reader;
  return [
    "The price and the payment stay as they are, and you join from the session’s page as before.",
    `${counterpart} gets a mail with the new time, and both calendars are updated.`,
    ...(isClient
      ? clientWords(terms, reader, now)
      : [
          `Because you chose the time, ${counterpart} can cancel with a full refund until the start.`,
        ]),
  ];
}

function clientWords(terms: Terms, reader: Reader, now: Date): string[] {
  const hasFull = terms.full_until !== null && new Date(terms.full_until) > now;
  const left = (terms.moves_left ?? Infinity) - 1;
  return [
    hasFull
      ? `You can then cancel with a full refund until ${formatDateTime(terms.full_until!, reader.timeZone)}.`
      : "If you cancel later on, you get back at most what you would get back now.",
    ...(left <= 0 ? ["After this you cannot move it again yourself."] : []),
  ];
}
