import type { Page } from "@playwright/test";

import { openThread, say } from "./support/conversation.ts";
import { sql } from "./support/database.ts";
import { signIn } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/*
 * What is written where scripts run is sent without leaving the page. A slow line, another page or an older one must
 * lose nothing of it, and send nothing twice.
 */

const SEND = /\/resources\/messages\/[0-9a-f-]{36}$/;

/** Everything that was said, in order. */
async function saidIn(conversationId: string): Promise<string[]> {
  const rows = await sql<{ body: string }[]>`
    select body from public.messages where conversation_id = ${conversationId} order by seq
  `;
  return rows.map(({ body }) => body);
}

async function write(page: Page, words: string) {
  await page.getByRole("textbox", { name: /^Message to/ }).fill(words);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** Waits until scripts run: before that a form is sent the plain way. */
async function expectLive(page: Page) {
  await expect(page.getByText(/^Live/)).toBeVisible({ timeout: 20_000 });
}

test("what was written goes on its way while one looks at other pages", async ({
  client,
  coach,
  openAs,
}) => {
  const id = await openThread(client, coach);
  const page = await openAs(client);
  await page.goto(`/messages/${id}`);
  await expectLive(page);

  // A slow line: nothing gets through until the gate opens.
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  await page.route(SEND, async (route) => {
    await gate;
    await route.continue();
  });
  for (const words of ["One", "Two", "Three"]) await write(page, words);
  await expect(page.getByRole("log").getByText("Sending…")).toHaveCount(3);
  await page.getByRole("link", { name: "Waiting for you", exact: true }).click();
  await expect(page).toHaveURL(/\/messages\?waiting=1$/);
  expect(await saidIn(id)).toEqual([]);

  open();
  await expect.poll(() => saidIn(id)).toEqual(["One", "Two", "Three"]);
  await page.getByRole("link", { name: "All", exact: true }).click();
  await page.getByRole("link", { name: coach.coach.display_name }).click();
  const thread = page.getByRole("log");
  for (const words of ["One", "Two", "Three"])
    await expect(thread.getByRole("listitem").filter({ hasText: words })).toHaveCount(1);
  await expect(thread.getByText("Sending…")).toHaveCount(0);
});

test("what did not get through is kept, and the browser asks before it is lost", async ({
  client,
  coach,
  openAs,
  problems,
}) => {
  const id = await openThread(client, coach);
  await say(id, coach, "Hello.");
  const page = await openAs(client);
  await page.goto(`/messages/${id}`);
  await expectLive(page);
  await page.route(SEND, (route) => route.abort());
  await write(page, "Good morning.");
  await expect(page.getByText(/^Not sent: we couldn/)).toBeVisible();

  await page.getByRole("link", { name: "Waiting for you", exact: true }).click();
  const entry = page.getByRole("link", { name: coach.coach.display_name });
  await expect(entry).toContainText("Not sent");

  let asked = 0;
  page.once("dialog", async (dialog) => {
    asked += 1;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toBe(1);

  await page.unroute(SEND);
  await entry.click();
  await page.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => saidIn(id)).toEqual(["Hello.", "Good morning."]);
  await expect(page.getByRole("log").getByText("Good morning.")).toHaveCount(1);
  forgive(problems);
});

test("what arrived without an answer is not called unsent for ever", async ({
  client,
  coach,
  openAs,
  problems,
}) => {
  const id = await openThread(client, coach);
  const page = await openAs(client);
  await page.goto(`/messages/${id}`);
  await expectLive(page);
  await page.route(SEND, async (route) => {
    await route.fetch();
    await route.abort();
  });
  const failed = page.waitForEvent("requestfailed", (request) => SEND.test(request.url()));
  await write(page, "Good morning.");
  await failed;
  const said = page.getByRole("log").getByRole("listitem").filter({ hasText: "Good morning." });
  await expect(said.getByRole("link", { name: /^Change/ })).toBeVisible();
  await expect(said).toHaveCount(1);

  await page.getByRole("link", { name: "Waiting for you", exact: true }).click();
  await expect(page).toHaveURL(/\/messages\?/);
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(page).toHaveURL(/\/messages$/);
  await expect(page.getByRole("link", { name: coach.coach.display_name })).not.toContainText(
    "Not sent",
  );
  forgive(problems);
});

test("what one wrote is not sent by who signs in after them, nor kept for them", async ({
  client,
  coach,
  openAs,
  problems,
}) => {
  const id = await openThread(client, coach);
  await say(id, client, "Hello.");
  const page = await openAs(client);
  await page.goto(`/messages/${id}`);
  await expectLive(page);
  await page.route(SEND, (route) => route.abort());
  await write(page, "Between us.");
  await expect(page.getByText(/^Not sent: we couldn/)).toBeVisible();
  await page.unroute(SEND);

  await page.context().clearCookies();
  const tab = await page.context().newPage();
  await signIn(tab, coach);
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText(/^Not sent: somebody else has signed in here/)).toBeVisible();
  expect(await saidIn(id)).toEqual(["Hello."]);

  await page.getByRole("link", { name: "Waiting for you", exact: true }).click();
  const entry = page.getByRole("link", { name: client.name });
  await expect(entry).not.toContainText("Not sent");
  await entry.click();
  await expect(page.getByRole("log")).toContainText("Hello.");
  await expect(page.getByText("Between us.")).toHaveCount(0);
  forgive(problems);
});

test("from an older page a message is sent once, and stands where it belongs", async ({
  client,
  coach,
  openAs,
}) => {
  const id = await openThread(client, coach);
  for (const words of ["First.", "Second.", "Third."]) await say(id, coach, words);
  const page = await openAs(client);
  await page.goto(`/messages/${id}?before=3&waiting=1`);
  await expect(page.getByRole("link", { name: "Newest messages" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await write(page, "About the first.");

  await expect(page).toHaveURL(new RegExp(`/messages/${id}\\?waiting=1$`));
  await expect(page.getByRole("log").getByText("About the first.")).toHaveCount(1);
  await expect(page.getByRole("textbox", { name: /^Message to/ })).toHaveValue("");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await write(page, "That is all.");
  await expect
    .poll(() => saidIn(id))
    .toEqual(["First.", "Second.", "Third.", "About the first.", "That is all."]);
});

/** The browser tells of the line that we cut. */
function forgive(problems: string[]) {
  problems.splice(0, problems.length, ...problems.filter((each) => !/ERR_FAILED|net::/.test(each)));
}
