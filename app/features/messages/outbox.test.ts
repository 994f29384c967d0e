import { describe, expect, it } from "vitest";

import { nextToSend, notYetArrived, outboxReducer, type OutboxEvent } from "./outbox.ts";

function after(...events: OutboxEvent[]) {
  return events.reduce(outboxReducer, []);
}

const one = { type: "written", id: "1", body: "One", files: [] } as const;
const two = { type: "written", id: "2", body: "Two", files: [] } as const;

describe("messages on their way", () => {
  it("are sent one at a time, in the order in which they were written", () => {
    expect(nextToSend(after(one, two))?.id).toBe("1");
    expect(nextToSend(after(one, two, { type: "taken", id: "1" }))).toBeNull();
    expect(nextToSend(after(one, two, { type: "sent", id: "1" }))?.id).toBe("2");
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
    expect(notYetArrived(outbox, new Set(["1"]), false).map(({ id }) => id)).toEqual(["2"]);
  });

  it("are looked for on the newest page once they are stored", () => {
    const outbox = after(one, two, { type: "sent", id: "1" });
    expect(notYetArrived(outbox, new Set(), false).map(({ id }) => id)).toEqual(["1", "2"]);
    expect(notYetArrived(outbox, new Set(), true).map(({ id }) => id)).toEqual(["2"]);
  });

  it("can be dropped", () => {
    expect(after(one, { type: "dropped", id: "1" })).toEqual([]);
  });
});
