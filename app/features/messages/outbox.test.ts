import { describe, expect, it } from "vitest";

import { doneWith, nextToSend, notYetArrived, outboxReducer, type OutboxEvent } from "./outbox.ts";

function after(...events: OutboxEvent[]) {
  return events.reduce(outboxReducer, []);
}

const one = { type: "written", id: "1", writerId: "dana", body: "One", files: [] } as const;
const two = { ...one, id: "2", body: "Two" } as const;
/** A page of a thread in which others wrote. */
const page = { ids: new Set<string>(["3"]), newestSeq: 7, isPast: false };
const idsOf = (messages: { id: string }[]) => messages.map(({ id }) => id);

describe("messages on their way", () => {
  it("are sent one at a time, in the order in which they were written", () => {
    expect(nextToSend(after(one, two))?.id).toBe("1");
    expect(nextToSend(after(one, two, { type: "taken", id: "1" }))).toBeNull();
    expect(nextToSend(after(one, two, { type: "sent", id: "1", seq: 1 }))?.id).toBe("2");
  });

  it("are kept when they fail, do not hold up others, and go again under the same id", () => {
    const failed = after(one, two, { type: "failed", id: "1", error: "Too fast." });
    expect(failed[0]).toMatchObject({ body: "One", error: "Too fast." });
    expect(nextToSend(failed)?.id).toBe("2");

    const retried = outboxReducer(failed, { type: "retried", id: "1" });
    expect(nextToSend(retried)).toMatchObject({ id: "1", body: "One", error: undefined });
  });

  it("go from here once the thread has them, however we hear of it", () => {
    const outbox = after(one, two, { type: "taken", id: "1" });
    expect(idsOf(notYetArrived(outbox, { ...page, ids: new Set(["1"]) }))).toEqual(["2"]);
  });

  it("are looked for on the newest page once they are stored", () => {
    const outbox = after(one, two, { type: "sent", id: "1", seq: 8 });
    expect(idsOf(notYetArrived(outbox, page))).toEqual(["1", "2"]);
    expect(idsOf(notYetArrived(outbox, { ...page, isPast: true }))).toEqual(["2"]);
    expect(doneWith(outbox, page)).toEqual([]);
  });

  it("are done with when the thread has them though no answer came in time, and not before one can", () => {
    const shown = { ...page, ids: new Set(["1"]) };
    const failed = after(one, two, { type: "failed", id: "1", error: "Unreachable." });
    expect(idsOf(doneWith(failed, shown))).toEqual(["1"]);
    expect(doneWith(failed, page)).toEqual([]);
    expect(idsOf(doneWith(outboxReducer(failed, { type: "retried", id: "1" }), shown))).toEqual([
      "1",
    ]);
    // The next one waits for its answer.
    expect(doneWith(after(one, two, { type: "taken", id: "1" }), shown)).toEqual([]);
  });

  it("are done with when so much was written after them that they stand on an older page", () => {
    const outbox = after(one, two, { type: "sent", id: "1", seq: 7 });
    expect(idsOf(notYetArrived(outbox, page))).toEqual(["2"]);
    expect(idsOf(doneWith(outbox, page))).toEqual(["1"]);
  });

  it("can be dropped", () => {
    expect(after(one, { type: "dropped", id: "1" })).toEqual([]);
  });
});
