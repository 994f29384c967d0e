import { expect, it } from "vitest";

import { findLastRead, laterReading, mergeMessages, type ThreadMessage } from "./thread-message.ts";

function message(seq: number, change = seq): ThreadMessage {
  return {
    id: `id-${seq}`,
    seq,
    change,
    body: `${seq} as of ${change}`,
    attachments: [],
    createdAt: "2026-06-02T10:00:00Z",
    isEdited: change > seq,
    isDeleted: false,
    isRemoved: false,
    hasPaymentHint: false,
    isOwn: false,
  };
}

it("shows each message once and in order, however often and in whatever order it arrives", () => {
  const merged = mergeMessages([message(1), message(2)], [message(4), message(2), message(3)]);
  expect(merged.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

it("shows a message as it was last, in whatever order its states arrive", () => {
  const merged = mergeMessages(
    [message(1), message(2, 7)],
    [message(2, 5), message(1, 6), message(1)],
  );
  expect(merged.map(({ body }) => body)).toEqual(["1 as of 6", "2 as of 7"]);
});

it("leaves out what belongs to an older page", () => {
  const merged = mergeMessages([message(51), message(52)], [message(3, 60), message(53)]);
  expect(merged.map(({ seq }) => seq)).toEqual([51, 52, 53]);
});

it("finds the last of one's own messages that the other has read, of which something is left", () => {
  const own = (seq: number) => ({ ...message(seq), isOwn: true });
  const messages = [own(1), own(2), message(3), { ...own(4), isDeleted: true }, own(5)];
  const readUntil = (seq: number) =>
    findLastRead(messages, { seq, at: "2026-06-02T11:00:00Z" })?.seq;
  expect([1, 2, 3, 4, 5, 9].map(readUntil)).toEqual([1, 2, 2, 2, 5, 5]);
  expect(findLastRead(messages, null)).toBeUndefined();
});

it("goes by the later reading, in whatever order they are told", () => {
  const [early, late] = [3, 4].map((seq) => ({ seq, at: `2026-06-02T1${seq}:00:00Z` }));
  expect(laterReading(early!, late!)).toBe(late);
  expect(laterReading(late!, early!)).toBe(late);
  expect(laterReading(null, early!)).toBe(early);
  expect(laterReading(early!, null)).toBe(early);
});
