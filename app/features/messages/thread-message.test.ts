import { expect, it } from "vitest";

import { mergeMessages, type ThreadMessage } from "./thread-message.ts";

function message(seq: number): ThreadMessage {
  return {
    id: `id-${seq}`,
    seq,
    body: `${seq}`,
    attachments: [],
    createdAt: "2026-06-02T10:00:00Z",
    isOwn: false,
  };
}

it("shows each message once and in order, however often and in whatever order it arrives", () => {
  const merged = mergeMessages([message(1), message(2)], [message(4), message(2), message(3)]);
  expect(merged.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});
