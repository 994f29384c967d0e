import { expect, test } from "vitest";

import { eventWords } from "./event-words";
import { interleave, shownEvents, type ThreadEvent } from "./thread-event";

const event: ThreadEvent = {
  id: "booking:1",
  kind: "booked",
  actor: "client",
  isOwn: false,
  createdAt: "2026-06-02T10:00:00+00:00",
  bookingId: "b1",
  offerTitle: "Strategy hour",
  startsAt: "2026-06-05T15:00:00+00:00",
  sessionCount: 1,
  amountCents: null,
};

test("what happened stands between what was said, whatever the offsets say", () => {
  const messages = ["2026-06-02T09:59:59Z", "2026-06-02T12:30:00+02:00"].map((createdAt) => ({
    createdAt,
  }));
  const later = { ...event, id: "later", createdAt: "2026-06-02T11:00:00Z" };
  const items = interleave(messages, [later, event]);
  expect(items.map((item) => (item.type === "event" ? item.event.id : item.createdAt))).toEqual([
    "2026-06-02T09:59:59Z",
    "booking:1",
    "2026-06-02T12:30:00+02:00",
    "later",
  ]);
});

test("messages keep their order, and each event is there once", () => {
  const messages = ["2026-06-02T10:00:01Z", "2026-06-02T09:00:00Z"].map((createdAt) => ({
    createdAt,
  }));
  const items = interleave(messages, [event]);
  expect(items.map(({ type }) => type)).toEqual(["event", "message", "message"]);
  expect(interleave([], [event])).toHaveLength(1);
});

test("each reads who did what", () => {
  const words = (changes: Partial<ThreadEvent>) => eventWords({ ...event, ...changes }, "Maria");
  expect(words({})).toBe("Booked: Strategy hour");
  expect(words({ sessionCount: 4 })).toBe("Booked: 4 sessions of Strategy hour");
  expect(words({ kind: "moved", isOwn: true })).toBe("You moved Strategy hour");
  expect(words({ kind: "cancelled" })).toBe("Maria cancelled Strategy hour");
  expect(words({ kind: "cancelled", actor: "system" })).toBe("Cancelled: Strategy hour");
  expect(words({ kind: "paid", amountCents: 15_000 })).toBe("Maria paid $150 for Strategy hour");
  expect(words({ kind: "refunded", actor: "system", amountCents: 7_500 })).toBe(
    "$75 went back for Strategy hour",
  );
  expect(words({ kind: "reviewed", isOwn: true })).toBe("You reviewed Strategy hour");
});

test("what was found stands for what the page came with", () => {
  const [paid, moved] = ["order:1", "booking:2"].map((id) => ({ ...event, id }));
  const grown = { ...event, sessionCount: 3 };
  const known = [event, paid!];
  const found = { from: 7, asOf: known, events: [grown, moved!] };
  expect(shownEvents(known, 7, null)).toBe(known);
  expect(shownEvents(known, 7, found)).toEqual([grown, moved]);
  // Read again since, nobody knows which is newer.
  expect(shownEvents([event, paid!], 7, found)).toEqual([grown, paid, moved]);
  // Of another page it says nothing.
  expect(shownEvents(known, 1, found)).toBe(known);
});
