import { localDay } from "./format-date.ts";

/** A time that can be booked, ISO 8601 with offset. */
export type Slot = { startsAt: string; endsAt: string };

export type SlotDay<Time extends Slot = Slot> = {
  /** YYYY-MM-DD in the reader's zone. */
  day: string;
  slots: Time[];
};

/**
 * Puts times under the days they fall on for the reader, whatever the zone of who offers them.
 *
 * @param slots in order of time
 * @param timeZone the reader's IANA zone
 * @returns the days that have a time, in order
 */
export function groupByDay<Time extends Slot>(slots: Time[], timeZone: string): SlotDay<Time>[] {
  const days = new Map<string, Time[]>();
  for (const slot of slots) {
    const day = localDay(slot.startsAt, timeZone);
    const known = days.get(day);
    if (known) known.push(slot);
    else days.set(day, [slot]);
  }
  return [...days].map(([day, daySlots]) => ({ day, slots: daySlots }));
}
