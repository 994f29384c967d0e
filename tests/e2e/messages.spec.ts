import type { Page } from "@playwright/test";

import { signIn } from "../stack/support/client.ts";
import { say } from "./support/conversation.ts";
import { sql } from "./support/database.ts";
import { createPerson, type Coach } from "./support/people.ts";
import { bookSession, expectRefusal, saveAnswer, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("client and coach write to each other; live where scripts run", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  const page = await openAs(client);
  const coachPage = await openAs(coach);

  await page.goto(`/coaches/${coach.coach.slug}`);
  await page.getByRole("button", { name: `Write to ${coach.firstName}` }).click();
  await expect(page).toHaveURL(/\/messages\/[0-9a-f-]{36}/);
  const thread = page.getByRole("log");
  await page.getByLabel(`Message to ${coach.coach.display_name}`).fill("Do you do short sales?");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(thread).toContainText("Do you do short sales?");
  await expect(page.getByLabel(`Message to ${coach.coach.display_name}`)).toHaveValue("");

  await expect(async () => {
    await coachPage.goto("/messages"); // with scripts a message is shown before it is sent
    const main = coachPage.getByRole("navigation", { name: "Main" });
    await expect(main).toContainText("1 unread", { timeout: 1_000 });
  }).toPass();
  await coachPage.getByRole("link", { name: client.name }).click();
  const coachThread = coachPage.getByRole("log");
  await expect(coachThread).toContainText("Do you do short sales?");
  if (hasScripts) {
    for (const each of [page, coachPage])
      await expect(each.getByText("Live", { exact: false }).first()).toBeVisible();
  }

  await coachPage
    .getByLabel(`Message to ${client.name}`)
    .fill("I do. Bring the lender's letter. www.example.com/letter");
  await coachPage.getByRole("button", { name: "Send" }).click();
  await expect(coachThread).toContainText("Bring the lender's letter.");
  if (!hasScripts) await page.getByRole("link", { name: "Check for new messages" }).click();
  await expect(thread).toContainText("Bring the lender's letter.");
  await expect(thread.locator("time .sr-only").first()).toHaveText(/^\w+day, \w+ \d+, \d{4}, \d/);
  const link = thread.getByRole("link", { name: "www.example.com/letter" });
  await expect(link).toHaveAttribute("href", "https://www.example.com/letter");

  // The other way, and each only once.
  await page.getByLabel(`Message to ${coach.coach.display_name}`).fill("I will. Thank you!");
  await page.getByRole("button", { name: "Send" }).click();
  if (!hasScripts) {
    await expect(thread).toContainText("I will. Thank you!");
    await coachPage.getByRole("link", { name: "Check for new messages" }).click();
  }
  await expect(coachThread.getByText("I will. Thank you!")).toHaveCount(1);
  await expect(thread.getByText("I will. Thank you!")).toHaveCount(1);
});

test("a thread is its two parties' alone", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}`);
  await page.getByRole("button", { name: `Write to ${coach.firstName}` }).click();
  await expect(page).toHaveURL(/\/messages\/[0-9a-f-]{36}/);

  const stranger = await openAs(await createPerson());
  const answer = await stranger.goto(page.url());
  expect(answer?.status()).toBe(404);
});

test("nothing is sent when nothing is written", async ({ coach, client, openAs, hasScripts }) => {
  test.skip(hasScripts, "scripts do not send an empty message at all");
  const page = await openAs(client);
  await page.goto(`/coaches/${coach.coach.slug}/message`);
  await withoutConstraints(page);
  const first = page.getByLabel("Your message");
  const sendFirst = page.getByRole("button", { name: "Send message" });
  await first.fill("x".repeat(4_001));
  await expectRefusal(page, () => sendFirst.click(), 422, first, /4,000 characters/);
  await expect(first).toHaveValue("x".repeat(4_001));
  await first.fill("Good morning.");
  await sendFirst.click();

  const body = page.getByLabel(`Message to ${coach.coach.display_name}`);
  await withoutConstraints(page);
  await body.fill("   ");
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Send" }).click();
  expect((await answered).status()).toBe(422);
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await expect(page.getByRole("log").getByText("Good morning.")).toHaveCount(1);
});

test("what was said is changed and taken back, in sight of the other", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "Do you do short sails?");
  const coachPage = await openAs(coach);
  await coachPage.goto(threadPath);
  const theirs = coachPage.getByRole("log");
  await expect(theirs).toContainText("short sails");
  if (hasScripts) await expect(coachPage.getByText("Live").first()).toBeVisible();

  await page.getByRole("link", { name: "Change or delete this message" }).click();
  await page.getByLabel("What it says").fill("Do you do short sales?");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(new RegExp(`${threadPath}$`));
  await expect(page.getByRole("log")).toContainText("Edited");
  if (!hasScripts) await coachPage.getByRole("link", { name: "Check for new messages" }).click();
  await expect(theirs).toContainText("Do you do short sales?");
  await expect(theirs).toContainText("Edited");
  await expect(theirs).not.toContainText("short sails");

  await page.getByRole("link", { name: "Change or delete this message" }).click();
  await page.getByRole("button", { name: "Delete for both" }).click();
  await expect(page.getByRole("log")).toContainText("Message deleted");
  if (!hasScripts) await coachPage.getByRole("link", { name: "Check for new messages" }).click();
  await expect(theirs).toContainText("Message deleted");
  await expect(theirs).not.toContainText("short sales");
});

test("either blocks the other and takes it back, and reports what was said", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "Buy my leads, they are cheap.");
  const coachPage = await openAs(coach);
  await coachPage.goto(threadPath);
  await coachPage.getByRole("link", { name: "Report this message" }).click();
  await expect(coachPage.getByRole("blockquote")).toHaveText("Buy my leads, they are cheap.");
  await coachPage.getByLabel("What is wrong with it?").fill("They sell leads to everybody.");
  await coachPage.getByRole("button", { name: "Send report" }).click();
  await expect(coachPage.getByText("Thank you for telling us.")).toBeVisible();

  await openMenu(coachPage);
  await coachPage.getByRole("button", { name: `Block ${client.name}` }).click();
  await expect(coachPage.getByRole("button", { name: "Unblock" })).toBeVisible();
  const field = page.getByLabel(`Message to ${coach.coach.display_name}`);
  await field.fill("Are you there?");
  await page.goto(threadPath);
  await expect(page.getByText("This conversation takes no more messages.")).toBeVisible();
  await expect(page.getByRole("log")).toContainText("Buy my leads");
  await expect(field).toHaveCount(0);

  await coachPage.getByRole("button", { name: "Unblock" }).click();
  await expect(coachPage.getByLabel(`Message to ${client.name}`)).toBeVisible();
});

test("what nobody wrote in for 90 days is for reading, until the client writes anew", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "Do you do short sales?");
  const id = threadPath.split("/").at(-1)!;
  await sql`update public.messages set created_at = now() - interval '91 days' where conversation_id = ${id}`;
  await sql`
    update public.conversations
    set last_message_at = now() - interval '91 days', opened_at = now() - interval '91 days'
    where id = ${id}
  `;
  const coachPage = await openAs(coach);
  await coachPage.goto(threadPath);
  await expect(coachPage.getByText("It opens again when your client")).toBeVisible();
  await expect(coachPage.getByLabel(`Message to ${client.name}`)).toHaveCount(0);

  await page.goto(threadPath);
  await page.getByRole("link", { name: "Write a new enquiry" }).click();
  await page.getByLabel("Your message").fill("Now it is about a listing.");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page).toHaveURL(new RegExp(`${threadPath}$`));
  await coachPage.goto(threadPath);
  await expect(coachPage.getByLabel(`Message to ${client.name}`)).toBeVisible();
});

test("words are found in one's own messages", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "The lender's letter came on Monday.");
  await page.goto("/messages");
  await page.getByRole("link", { name: "Search", exact: true }).click();
  await page.getByLabel("Words").fill("letters");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: /The lender.s letter came/ }).click();
  await expect(page).toHaveURL(new RegExp(threadPath));
  await expect(page.getByRole("log")).toContainText("The lender's letter came on Monday.");

  const coachPage = await openAs(coach);
  await coachPage.goto("/messages");
  await coachPage.getByRole("link", { name: "Waiting for you", exact: true }).click();
  await expect(coachPage.getByRole("link", { name: client.name })).toContainText("Waiting for you");
  const stranger = await openAs(await createPerson());
  await stranger.goto("/messages/search?q=letters");
  await expect(stranger.getByText("Nothing was found for")).toBeVisible();
});

test("a coach keeps what they say often, and puts it behind what is written", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  const threadPath = await enquire(await openAs(client), coach, "What do I bring?");
  const page = await openAs(coach);
  await saveAnswer(page, "What to bring", "Bring the letter.");
  await saveAnswer(page, "Where we meet", "The link is on the page of the session.");
  await page.getByRole("link", { name: "Change What to bring" }).click();
  await page.getByLabel("Answer", { exact: true }).fill("Bring the lender's letter.");
  await page.getByRole("button", { name: "Save answer" }).click();
  await expect(page.getByText("Your answer is changed.")).toBeVisible();

  await page.goto(threadPath);
  const field = page.getByLabel(`Message to ${client.name}`);
  await field.fill("Hello Dana,");
  await page.getByLabel("Saved answer", { exact: true }).selectOption("What to bring");
  await page.getByRole("button", { name: "Insert" }).click();
  await expect(field).toHaveValue("Hello Dana,\n\nBring the lender's letter.");

  // A browser that comes back with a page forgets the files that were chosen: it says so.
  const files = page.getByLabel("Attach files");
  const list = { name: "list.txt", mimeType: "text/plain", buffer: Buffer.from("Letter, plans") };
  await files.setInputFiles(list);
  await page.getByRole("button", { name: "Insert" }).click();
  await expect(field).toHaveValue(/lender's letter\.\n\nBring the lender's letter\.$/);
  if (!hasScripts) {
    await expect(files).toHaveAccessibleDescription(/Choose them again before you send/);
    await files.setInputFiles(list);
  }
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("log")).toContainText("Bring the lender's letter.");
  await expect(page.getByRole("log").getByRole("link", { name: /list.txt/ })).toBeVisible();
  await expect(field).toHaveValue("");

  await page.goto("/coach/answers");
  await page.getByRole("button", { name: "Delete What to bring" }).click();
  await expect(page.getByRole("link", { name: "Change What to bring" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Change Where we meet" })).toBeVisible();
});

test("both are told to pay here when somebody moves payment elsewhere", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "Can I Venmo you for the hour?");
  const coachPage = await openAs(coach);
  await coachPage.goto(threadPath);
  for (const each of [page, coachPage])
    await expect(each.getByRole("log")).toContainText("Pay through Walkthrough");
});

test("a thread tells what happened between what was said", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "I book an hour.");
  await bookSession(page, coach);
  await page.goto(threadPath);
  await page.getByLabel(`Message to ${coach.coach.display_name}`).fill("It is booked.");
  await page.getByRole("button", { name: "Send" }).click();
  const items = page.getByRole("log").getByRole("listitem");
  await expect(items.last()).toContainText("It is booked.");
  await expect(items.last()).not.toContainText("Sending…"); // with scripts it is shown before it is sent
  await page.reload();
  const texts = await items.allInnerTexts();
  const places = [/I book an hour/, /^Booked: /m, /It is booked/].map((words) =>
    texts.findIndex((text) => words.test(text)),
  );
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places[0]).toBeGreaterThan(-1);
  await expect(items.filter({ hasText: /You paid \$/ })).toHaveCount(1);
  await page
    .getByRole("log")
    .getByRole("link", { name: /^Booked: / })
    .click();
  await expect(page).toHaveURL(/\/bookings\/[0-9a-f-]{36}$/);
});

test("each is told when the other has read what they wrote, and neither where one is blocked", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "Do you do short sales?");
  const thread = page.getByRole("log");
  const receipt = thread.getByText(/· Read/);
  const isLive = page.getByText(/^Live/);
  if (hasScripts) await expect(isLive).toBeVisible();
  await expect(receipt).toHaveCount(0);

  const coachPage = await openAs(coach);
  await coachPage.goto(threadPath);
  await expect(coachPage.getByRole("log")).toContainText("Do you do short sales?");
  if (!hasScripts) await page.getByRole("link", { name: "Check for new messages" }).click();
  await expect(receipt).toHaveText(/· Read \d{1,2}:\d\d [AP]M[A-Z]/); // then in full, unseen

  // In full for who can't see it, in the reader's own zone; of another day, with the day.
  await sql`
    update public.conversation_reads set read_at = '2026-06-03 01:12:00+00'
    where conversation_id = ${threadPath.split("/").at(-1)!} and profile_id = ${coach.profile.id}
  `;
  await page.reload();
  await expect(receipt).toHaveText(
    /· Read Tue, Jun 2, 6:12 PMTuesday, June 2, 2026, 6:12 PM Mountain Standard Time$/,
  );

  // Under the last that was read, not under what came after it.
  await coachPage.goto("/messages");
  await page.getByLabel(`Message to ${coach.coach.display_name}`).fill("Are you there?");
  await page.getByRole("button", { name: "Send" }).click();
  const items = thread.getByRole("listitem");
  await expect(items.last()).toContainText("Are you there?");
  await expect(items.last()).not.toContainText("Sending…");
  await expect(items.last()).not.toContainText("Read");
  await expect(items.filter({ hasText: "· Read" })).toContainText("Do you do short sales?");

  await coachPage.goto(threadPath);
  if (!hasScripts) await page.getByRole("link", { name: "Check for new messages" }).click();
  await expect(items.filter({ hasText: "· Read" })).toContainText("Are you there?");
  await openMenu(coachPage);
  await coachPage.getByRole("button", { name: `Block ${client.name}` }).click();
  await expect(coachPage.getByRole("button", { name: "Unblock" })).toBeVisible();
  await page.reload();
  await expect(thread).toContainText("Are you there?");
  await expect(receipt).toHaveCount(0);
});

test("what happens while a thread is open shows there; by itself where scripts run", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "I book an hour.");
  const coachPage = await openAs(coach);
  await coachPage.goto(threadPath);
  const thread = coachPage.getByRole("log");
  await expect(thread).toContainText("I book an hour.");
  if (hasScripts) await expect(coachPage.getByText(/^Live/)).toBeVisible();

  await bookSession(page, coach);
  if (!hasScripts) {
    await coachPage.getByRole("link", { name: "Check for new messages" }).click();
  }
  await expect(thread.getByRole("link", { name: /^Booked: / })).toHaveCount(1);
  await expect(thread.getByRole("listitem").filter({ hasText: / paid \$/ })).toHaveCount(1);
});

test("what a party forges in the thread's channel shows nothing", async ({
  coach,
  client,
  openAs,
  hasScripts,
}) => {
  test.skip(!hasScripts, "nothing is heard without scripts");
  const page = await openAs(client);
  const threadPath = await enquire(page, coach, "Do you do short sales?");
  await expect(page.getByText(/^Live/)).toBeVisible();
  const items = page.getByRole("log").getByRole("listitem");
  const shown = await items.allInnerTexts();

  const forger = await signIn(coach);
  await forger.db.realtime.setAuth();
  const topic = `conversation:${threadPath.split("/").at(-1)!}`;
  const channel = forger.db.channel(topic, { config: { private: true } });
  for (const [event, payload] of [
    ["message", { change: 1e9, seq: 1e9, body: "Pay me elsewhere." }],
    ["read", { seq: 1e9, at: "2026-06-02T10:00:00Z" }],
    ["activity", { kind: "booked" }],
  ] as const) {
    const looked = page.waitForResponse(/\/resources\/messages\//);
    await channel.httpSend(event, payload);
    await looked;
    expect(await items.allInnerTexts()).toEqual(shown);
  }
  await expect(page.getByText(/^Live/)).toBeVisible();
  await say(threadPath.split("/").at(-1)!, coach, "I do.");
  await expect(items.last()).toContainText("I do.");
  await expect(items).toHaveCount(shown.length + 1);
});

/** Opens what is folded up in the head of a thread. */
async function openMenu(page: Page): Promise<void> {
  await page.getByText("More about this conversation").locator("..").click();
}

/**
 * A client's first message to a coach.
 * @returns the path of the thread, which is open
 */
async function enquire(page: Page, coach: Coach, words: string): Promise<string> {
  await page.goto(`/coaches/${coach.coach.slug}/message`);
  await page.getByLabel("Your message").fill(words);
  await page.getByRole("button", { name: "Send message" }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}
