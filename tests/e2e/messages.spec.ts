import { createPerson } from "./support/people.ts";
import { expectRefusal, withoutConstraints } from "./support/steps.ts";
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

  await coachPage.getByLabel(`Message to ${client.name}`).fill("I do. Bring the lender's letter.");
  await coachPage.getByRole("button", { name: "Send" }).click();
  await expect(coachThread).toContainText("Bring the lender's letter.");
  if (!hasScripts) await page.getByRole("link", { name: "Check for new messages" }).click();
  await expect(thread).toContainText("Bring the lender's letter.");

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
