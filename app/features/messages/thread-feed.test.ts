import { afterEach, expect, it, vi } from "vitest";

import { createThreadFeed, type Found } from "./thread-feed.ts";
import type { ThreadEvent } from "./thread-event.ts";
import type { ChangedMessages, ThreadMessage } from "./thread-message.ts";

const ANSWER: ChangedMessages = {
  messages: [],
  hasMore: false,
  reading: null,
  events: null,
  closedBecause: null,
};

afterEach(() => vi.unstubAllGlobals());

/** A feed whose questions are kept, and answered in turn. */
function createTestFeed(answers: (ChangedMessages | null)[]) {
  const asked: string[] = [];
  const found: Found[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path.replace(/^[^?]*/, ""));
    const answer = answers.shift() ?? null;
    return answer ? Response.json({ data: answer }) : new Response(null, { status: 503 });
  });
  const feed = createThreadFeed("a-thread", {
    onFound: (answer) => found.push(answer),
    onFailure: () => undefined,
  });
  return {
    feed,
    asked,
    found,
    async look() {
      const before = asked.length;
      feed.catchUp();
      await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before));
      await new Promise((resolve) => setImmediate(resolve)); // until what was answered is taken
    },
  };
}

const message = (seq: number, change: number) => ({ seq, change }) as ThreadMessage;

it("is told of nothing that the page has, and believes nothing that it is told", async () => {
  const { feed, asked, look } = createTestFeed([ANSWER]);
  feed.knows({ messages: [message(1, 1), message(2, 4)], reading: { seq: 2, at: "" }, events: [] });
  expect(feed.lacks({ change: 4 })).toBe(false);
  expect(feed.lacks({ readSeq: 2 })).toBe(false);
  expect(feed.lacks({ change: 5 })).toBe(true);
  expect(feed.lacks({ readSeq: 3 })).toBe(true);
  for (const forged of [undefined, null, "words", "9", {}, Number.NaN, Infinity, 1e308, 5.5]) {
    expect(feed.lacks({ change: forged, readSeq: forged })).toBe(false);
  }
  // What somebody claims moves nothing: the next question is of what the page really has.
  expect(feed.lacks({ change: 1e9, readSeq: 1e9 })).toBe(true);
  await look();
  expect(asked).toEqual(["?after=4"]);
  expect(feed.lacks({ change: 5 })).toBe(true);
});

it("asks for what happened when that is due, from the page's first message, until it has it", async () => {
  const answer = { ...ANSWER, events: [{ id: "booked" } as ThreadEvent] };
  const { feed, asked, found, look } = createTestFeed([ANSWER, null, answer, ANSWER]);
  const events: ThreadEvent[] = [];
  feed.knows({ messages: [message(51, 60)], reading: null, events });
  await look();
  feed.expectEvents();
  await look();
  await look();
  await look();
  const due = "?after=60&events_from=51";
  expect(asked).toEqual(["?after=60", due, due, "?after=60"]);
  expect(found.map(({ happened }) => happened)).toEqual([
    null,
    { from: 51, asOf: events, events: answer.events },
    null,
  ]);
  expect(found[1]?.happened?.asOf).toBe(events);
});

it("counts how often in a row it found nothing", async () => {
  const found = { ...ANSWER, messages: [message(1, 1)] };
  const read = { ...ANSWER, reading: { seq: 1, at: "" } };
  const { feed, look } = createTestFeed([ANSWER, null, found, read, read, ANSWER]);
  const counts = [];
  for (let times = 0; times < 6; times += 1) {
    await look();
    counts.push(feed.countMisses());
  }
  expect(counts).toEqual([1, 2, 0, 0, 1, 2]);
});
