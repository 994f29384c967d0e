import type { Page } from "@playwright/test";

import { openThread, say } from "./support/conversation.ts";
import { sql } from "./support/database.ts";
import { expect, test } from "./support/test.ts";

/*
 * What an open thread does with what its reader does not see, or is not to see any more.
 */

test("a page in the background reads nothing, not even when what was written there is sent", async ({
  client,
  coach,
  openAs,
}) => {
  const id = await openThread(client, coach);
  const page = await openAs(client);
  await page.goto(`/messages/${id}`);
  await expect(page.getByText(/^Live/)).toBeVisible();
  await page.getByRole("textbox").fill("Here is the listing.");
  await page.waitForLoadState("networkidle"); // a look that is under way would find what is said next

  await show(page, "hidden");
  await say(id, coach, "Which one is it?");
  await page.getByRole("button", { name: "Send" }).click();
  await expect.poll(() => lastSeq(id)).toBe(2);
  await say(id, coach, "The one on Elm Street?");
  await expect.poll(() => unreadOf(client.profile.id)).toBe(2);
  await expect(page.getByRole("log")).not.toContainText("Which one is it?");

  await show(page, "visible");
  await expect(page.getByRole("log")).toContainText("The one on Elm Street?");
  await expect.poll(() => unreadOf(client.profile.id)).toBe(0);
  await expect(page.getByRole("log").getByText("Here is the listing.")).toHaveCount(1);
});

test("what a coach wrote goes from an open page when they are suspended", async ({
  client,
  coach,
  openAs,
}) => {
  const id = await openThread(client, coach);
  const page = await openAs(client);
  await page.goto(`/messages/${id}`);
  await expect(page.getByText(/^Live/)).toBeVisible();
  await say(id, coach, "Pay me in cash.");
  await expect(page.getByRole("log")).toContainText("Pay me in cash.");

  await sql`select admin.suspend_coach(${coach.coach.slug}, 'Moves payment elsewhere.')`;
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.getByText(/suspended/).first()).toBeVisible();
  await expect(page.getByRole("log")).not.toContainText("Pay me in cash.");
});

/** A browser's tab goes to the background, or comes back. */
async function show(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

async function lastSeq(conversationId: string): Promise<number> {
  const [thread] = await sql<{ seq: number }[]>`
    select last_seq::integer as seq from public.conversations where id = ${conversationId}
  `;
  return thread!.seq;
}

async function unreadOf(profileId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select sum(private.unread_messages(conversations, ${profileId}))::integer as count
    from public.conversations where client_id = ${profileId}
  `;
  return row!.count;
}
