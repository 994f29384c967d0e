import { runJob, sql } from "./support/database.ts";
import { mailTo } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { bookSession } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("the bell counts what one was told, and each leads to what it is about", async ({
  coach,
  openAs,
}) => {
  const client = await createPerson();
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  const bell = page.getByRole("link", { name: /^Notifications/ });
  await expect(async () => {
    await runJob("dispatch_outbox");
    await page.goto("/sessions");
    await expect(bell).toHaveText(/1 unread/, { timeout: 500 });
  }).toPass();

  await bell.click();
  const notice = page.getByRole("link", { name: /^Unread: Confirmed: / });
  await expect(notice).toHaveCount(1);
  await notice.click();
  await expect(page).toHaveURL(new RegExp(`/bookings/${bookingId}$`));
  await expect(bell).not.toHaveText(/unread/);

  await sql`update public.notifications set read_at = null where booking_id = ${bookingId}`;
  await page.goto("/notifications");
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByRole("link", { name: /^Confirmed: / })).toBeVisible();
  await expect(page.getByRole("button", { name: "Mark all as read" })).toHaveCount(0);
  await expect(bell).not.toHaveText(/unread/);
});

test("what is switched off does not come, and what has to come says so", async ({ openAs }) => {
  const client = await createPerson();
  const page = await openAs(client);
  await page.goto("/settings");
  await page.getByRole("link", { name: "Choose what comes" }).click();
  await expect(
    page.getByRole("group", { name: "Bookings and money" }).getByText(/can.t be switched off/),
  ).toBeVisible();

  await page.getByLabel("By mail: Reviews").selectOption("weekly");
  await page.getByLabel("By mail: Suggestions").selectOption("never");
  await page.getByLabel("On Walkthrough: Suggestions").uncheck();
  await page.getByLabel("Quiet from").fill("22:00");
  await page.getByLabel("Quiet until").fill("07:30");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await expect(page.getByLabel("By mail: Reviews")).toHaveValue("weekly");
  await expect(page.getByLabel("By mail: Suggestions")).toHaveValue("never");
  await expect(page.getByLabel("On Walkthrough: Suggestions")).not.toBeChecked();
  await expect(page.getByLabel("On Walkthrough: Reviews")).toBeChecked();
  await expect(page.getByLabel("Quiet until")).toHaveValue("07:30");
  expect(await mailTo(client.email)).toEqual([]);
});
test("what somebody chose is kept while they sign in again, and saved then", async ({
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const context = page.context();
  await page.goto("/settings/notifications");
  await page.getByLabel("By mail: Reviews").selectOption("weekly");
  await page.getByLabel("On Walkthrough: Messages").uncheck({ force: true }); // its card takes the click
  await page.getByLabel("Quiet from").fill("21:30");
  await page.getByLabel("Quiet until").fill("07:15");

  const signedIn = await context.cookies();
  await context.clearCookies();
  const save = page.getByRole("button", { name: "Save", exact: true });
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await save.click();
  expect((await answered).status()).toBe(401);
  await expect(page.getByRole("alert").first()).toContainText(/You are signed out/);

  await context.addCookies(signedIn);
  await save.click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("By mail: Reviews")).toHaveValue("weekly");
  await expect(page.getByLabel("On Walkthrough: Messages")).not.toBeChecked();
  await expect(page.getByLabel("On Walkthrough: Reviews")).toBeChecked();
  await expect(page.getByLabel("Quiet from")).toHaveValue("21:30");
  await expect(page.getByLabel("Quiet until")).toHaveValue("07:15");
});

test("a form that lost its choices is not said to be saved", async ({ client, openAs }) => {
  const page = await openAs(client);
  await page.goto("/settings/notifications");
  await page
    .locator("fieldset input, fieldset select")
    .evaluateAll((fields) => fields.forEach((field) => field.remove()));
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  expect((await answered).status()).toBe(400);
  await expect(page.getByRole("alert").first()).toHaveText(/did not arrive/);
});
