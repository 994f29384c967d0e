import type { Page } from "@playwright/test";

import { setTokenLifetime } from "./support/clerk.ts";
import { expectAllShown, openThread, say, writeBurst } from "./support/conversation.ts";
import { sql } from "./support/database.ts";
import type { Coach, Person } from "./support/people.ts";
import { startKillableRealtime, type KillableRealtime } from "./support/realtime.ts";
import { expect, test } from "./support/test.ts";

/*
 * What happens to live messages when what carries them breaks: nothing is lost, nothing comes twice, all
 * of it is in order, and the page says whether it is live. `npm run bench` writes a thousand each time.
 */
const MESSAGES = Number(process.env["LIVE_MESSAGES"] ?? 30);
/** Seconds; above the margin with which browsers ask for a newer token, and below a heartbeat or two. */
const TOKEN_LIFETIME = 14;

/** Before typing would not be shown any more by itself. */
const AT_ONCE = { timeout: 2_000 };

let realtime: KillableRealtime;
test.beforeAll(async () => (realtime = await startKillableRealtime()));
test.afterAll(() => realtime.stop());
test.setTimeout(120_000 + MESSAGES * 200);

type Scene = { id: string; pages: [Page, Page]; write: (word: string) => Promise<void> };

/** The two in their thread, both live. */
async function meet(
  client: Person,
  coach: Coach,
  openAs: (person: Person) => Promise<Page>,
): Promise<Scene> {
  const id = await openThread(client, coach);
  const pages: [Page, Page] = [await openAs(client), await openAs(coach)];
  for (const page of pages) {
    await realtime.serve(page.context());
    await page.goto(`/messages/${id}`);
    await expectLive(page);
  }
  return {
    id,
    pages,
    write: (word) => writeBurst(id, [client, coach], Math.ceil(MESSAGES / 3), word),
  };
}

async function expectLive(page: Page) {
  await expect(page.getByText(/^Live/)).toBeVisible({ timeout: 40_000 });
}

async function expectLost(page: Page) {
  await expect(checkLink(page)).toBeVisible({ timeout: 40_000 });
}

/** What stands where a page says that it is live, when it is not. */
function checkLink(page: Page) {
  return page.getByRole("link", { name: /^Check for new/ });
}

test("Realtime is killed, and starts again", async ({ client, coach, openAs, problems }) => {
  const { id, pages, write } = await meet(client, coach, openAs);
  await write("Before");
  const writing = write("While it went");
  await realtime.kill();
  await writing;
  for (const page of pages) await expectLost(page);
  await write("While it was gone");
  await realtime.start();
  await expectAllShown(pages, id);
  for (const page of pages) await expectLive(page);
  await write("After");
  await expectAllShown(pages, id);
  forgive(problems);
});

test("a connection dies without a word, as a laptop's that slept", async ({
  client,
  coach,
  openAs,
  problems,
}) => {
  const { id, pages, write } = await meet(client, coach, openAs);
  const before = realtime.connections();
  realtime.goDead();
  await write("Into the void");
  // The page finds out by itself, and has all of it then.
  await expectAllShown(pages, id);
  await expect.poll(() => realtime.connections()).toBe(before);
  for (const page of pages) await expectLive(page);
  await write("After");
  await expectAllShown(pages, id);
  forgive(problems);
});

test.describe("with a token that soon runs out", () => {
  test.beforeAll(() => setTokenLifetime(TOKEN_LIFETIME));
  test.afterAll(() => setTokenLifetime(60));

  test("a newer one is sent in time, and when none can be had, the page comes back later", async ({
    client,
    coach,
    openAs,
    problems,
  }) => {
    const { id, pages, write } = await meet(client, coach, openAs);
    const [page] = pages;
    // For as long as the page is open, however long all of it takes.
    const lost = checkLink(page)
      .waitFor({ timeout: 0 })
      .then(
        () => "lost",
        () => "closed",
      );
    const renewals = async () => {
      for (let renewed = 0; renewed < 3; renewed += 1) {
        await page.waitForResponse(/resources\/realtime-token/, { timeout: 40_000 });
        await write(`Renewed ${renewed}`);
      }
      return "live";
    };
    expect(await Promise.race([lost, renewals()])).toBe("live");
    await expectAllShown(pages, id);

    await page.route(/resources\/realtime-token/, (route) => route.abort());
    await expectLost(page);
    await write("While it had no token");
    await page.unroute(/resources\/realtime-token/);
    await expectLive(page);
    await expectAllShown(pages, id);
    forgive(problems);
  });
});

test("one person in three tabs, each of which has all of it", async ({ client, coach, openAs }) => {
  const { id, pages, write } = await meet(client, coach, openAs);
  const tabs = [...pages];
  for (const _ of [2, 3]) {
    const tab = await pages[0].context().newPage();
    await tab.goto(`/messages/${id}`);
    await expectLive(tab);
    tabs.push(tab);
  }
  const writing = write("To all");
  await tabs.at(-1)!.getByRole("textbox").fill("From the third tab.");
  await tabs.at(-1)!.getByRole("button", { name: "Send" }).click();
  await writing;
  await expect(tabs[0]!.getByText("From the third tab.")).toBeVisible();
  await expectAllShown(tabs, id);
});

test("signals with nothing behind them keep no browser asking, and what is real is not late for it", async ({
  client,
  coach,
  openAs,
}) => {
  const { id, pages } = await meet(client, coach, openAs);
  const [page] = pages;
  let looks = 0;
  page.on("request", (request) => {
    if (/\/resources\/messages\/[^/]+\?after=/.test(request.url())) looks += 1;
  });
  const startedAt = Date.now();
  for (let sent = 0; sent < 60; sent += 1) {
    await sql`select realtime.send('{}', 'activity', ${`conversation:${id}`}, true)`;
  }
  await say(id, coach, "This is real.");
  await expect(page.getByRole("log")).toContainText("This is real.");
  // Some at once, one every two seconds, and those of what was real.
  expect(looks).toBeLessThanOrEqual(12 + Math.ceil((Date.now() - startedAt) / 2_000));
});

test("each is shown to be there and to type, until they are gone or nobody can know", async ({
  client,
  coach,
  openAs,
  problems,
}) => {
  const { id, pages } = await meet(client, coach, openAs);
  const [page, coachPage] = pages;
  for (const each of pages) await expect(online(each)).toBeVisible();

  // Nothing moves for it.
  const field = coachPage.getByRole("textbox");
  const placeOf = async () => [
    await page.getByRole("textbox").boundingBox(),
    await page.getByRole("log").boundingBox(),
  ];
  const before = await placeOf();
  await field.pressSequentially("One mom");
  await expect(typing(page)).toHaveText(`${coach.coach.display_name} is typing…`);
  await expect(page.getByRole("status").filter({ hasText: "is typing…" })).toHaveCount(1);
  await expect(typing(coachPage)).toHaveCount(0);
  expect(await placeOf()).toEqual(before);
  await coachPage.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("log")).toContainText("One mom");
  await expect(typing(page)).toHaveCount(0, AT_ONCE);

  // Once, in however many tabs; gone with the last.
  const tabs = [coachPage];
  for (const _ of [2, 3]) {
    const tab = await coachPage.context().newPage();
    await tab.goto(`/messages/${id}`);
    await expectLive(tab);
    tabs.push(tab);
  }
  await expect(online(tabs[2]!)).toBeVisible();
  await tabs[2]!.close();
  await tabs[1]!.close();
  await say(id, coach, "Still there.");
  await expect(page.getByRole("log")).toContainText("Still there.");
  await expect(online(page)).toHaveCount(1);
  await coachPage.goto("/messages");
  await expect(online(page)).toHaveCount(0);
  await coachPage.goto(`/messages/${id}`);
  await expect(online(page)).toBeVisible();

  // Without Realtime nobody knows, and what was does not come back with it.
  await field.pressSequentially("Wait");
  await expect(typing(page)).toBeVisible();
  await realtime.kill();
  await expectLost(page);
  await expect(online(page)).toHaveCount(0, AT_ONCE);
  await expect(typing(page)).toHaveCount(0, AT_ONCE);
  await realtime.start();
  for (const each of pages) await expectLive(each);
  for (const each of pages) await expect(online(each)).toBeVisible();
  await expect(typing(page)).toHaveCount(0);

  // Whoever blocks the other is not there for them any more, nor they for who blocked them.
  await coachPage.getByText("More about this conversation").locator("..").click();
  await coachPage.getByRole("button", { name: `Block ${client.name}` }).click();
  await expect(coachPage.getByRole("button", { name: "Unblock" })).toBeVisible();
  await expect(online(page)).toHaveCount(0);
  await expect(online(coachPage)).toHaveCount(0);
  await page.getByRole("textbox").pressSequentially("Why?");
  await expect(typing(coachPage)).toHaveCount(0);
  forgive(problems);
});

/** What stands under the other's name while they are there. */
function online(page: Page) {
  return page.getByText("Online now");
}

/** What is seen while the other types; what is read out is beside it. */
function typing(page: Page) {
  return page.locator("p[aria-hidden]").filter({ hasText: "is typing…" });
}

/** What the browser itself says of a connection that we broke. */
function forgive(problems: string[]) {
  const others = problems.filter((problem) => !/WebSocket|ERR_FAILED|net::/.test(problem));
  problems.splice(0, problems.length, ...others);
}
