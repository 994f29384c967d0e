import { expect, it } from "vitest";

import { mergeMessages, type ThreadMessage } from "./thread-message.ts";

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
