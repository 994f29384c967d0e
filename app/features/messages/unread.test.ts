import type { AppLoadContext } from "@remix-run/node";
import { describe, expect, it, vi } from "vitest";

import type { Db } from "~/lib/db.server";

import { countUnread, whileReading } from "./unread.server.ts";

/** A database with some unread messages, which are read when `markRead` is called. */
function inboxWith(unread: number) {
  const rpc = vi.fn(async () => ({
    data: [{ messages: unread, notices: 2, mail_stopped_by: null }],
    error: null,
  }));
  return { db: { rpc } as unknown as Db, rpc, markRead: (count: number) => (unread -= count) };
}

function newContext(): AppLoadContext {
  return {
    cspNonce: "nonce",
    requestId: "request",
    clientIp: "203.0.113.7",
    method: "GET",
    session: "fresh",
    embedsCalendly: false,
    logFields: {},
  };
}

describe("the header's count of unread messages", () => {
  it("is what waits, on a page that shows no messages", async () => {
    const { db } = inboxWith(5);
    expect(await countUnread(newContext(), db)).toEqual({
      messages: 5,
      notices: 2,
      mailStoppedBy: null,
    });
  });

  it("leaves out what the page shows, whichever loader is faster", async () => {
    for (const order of ["header first", "page first"]) {
      const inbox = inboxWith(5);
      const context = newContext();
      const page = whileReading(context, async (shows) => {
        await shows(inbox.db, 2);
        inbox.markRead(2);
      });
      if (order === "page first") await page;
      expect(await countUnread(context, inbox.db), order).toEqual({
        messages: 3,
        notices: 2,
        mailStoppedBy: null,
      });
      await page;
      expect(inbox.rpc).toHaveBeenCalledTimes(1);
    }
  });

  it("is counted all the same when the page fails", async () => {
    const { db } = inboxWith(5);
    const context = newContext();
    const page = whileReading(context, () => Promise.reject(new Error("not found")));
    await expect(page).rejects.toThrow("not found");
    expect(await countUnread(context, db)).toEqual({
      messages: 5,
      notices: 2,
      mailStoppedBy: null,
    });
  });
});
