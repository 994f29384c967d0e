import { randomUUID } from "node:crypto";

import { expect, type Page } from "@playwright/test";

import { sql } from "./database.ts";
import type { Coach, Person } from "./people.ts";

/** As many as may be sent within a minute. */
const A_MINUTE = 20;

/** A thread of the two, in which nothing was said. */
export async function openThread(client: Person, coach: Coach): Promise<string> {
  const [thread] = await sql<{ id: string }[]>`
    insert into public.conversations (client_id, coach_id)
    values (${client.profile.id}, ${coach.coach.id}) returning id
  `;
  return thread!.id;
}

/** The two write in turns, as fast as it goes, each message by itself; minutes pass meanwhile. */
export async function writeBurst(
  conversationId: string,
  writers: [Person, Person],
  count: number,
  word: string,
): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    if (sent % A_MINUTE === 0) await letMinutePass(conversationId);
    await say(conversationId, writers[sent % 2]!, `${word} ${sent}.`);
  }
}

/** One of the two writes, past the site. */
export async function say(conversationId: string, writer: Person, body: string): Promise<void> {
  const claims = JSON.stringify({ sub: writer.profile.clerk_user_id });
  await sql`
    select public.send_message(${conversationId}, ${randomUUID()}, ${body})
    from (select) as one
    where set_config('request.jwt.claims', ${claims}, true) is not null
  `;
}

/** What was said so far was said a minute earlier. */
export async function letMinutePass(conversationId: string): Promise<void> {
  await sql`
    update public.messages set created_at = created_at - interval '1 minute'
    where conversation_id = ${conversationId}
  `;
}

/** Everything that was said, in order. */
async function saidIn(conversationId: string): Promise<string[]> {
  const rows = await sql<{ body: string }[]>`
    select body from public.messages where conversation_id = ${conversationId} order by seq
  `;
  return rows.map(({ body }) => body);
}

/** What a page shows of it, in order. */
async function shownIn(page: Page): Promise<string[]> {
  const texts = await page
    .getByRole("log")
    .locator("li > div")
    .evaluateAll((bubbles) => bubbles.map((bubble) => bubble.textContent ?? ""));
  return texts.map((text) => text.replace(/^[^:]*: /, ""));
}

/** Waits until pages show what was said: all of it, nothing twice, in order. */
export async function expectAllShown(pages: Page[], conversationId: string): Promise<void> {
  const said = await saidIn(conversationId);
  for (const page of pages) {
    await expect.poll(() => shownIn(page), { timeout: 45_000 }).toEqual(said);
  }
}
