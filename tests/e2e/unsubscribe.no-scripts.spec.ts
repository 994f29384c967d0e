import { moveBooking, runJob } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { bookSession } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const DAY = 24 * 60;
const STOP = { name: "Stop these mails" };

test("mails are stopped from their own link, signed out, and come again", async ({
  coach,
  client,
  openAs,
  openBrowser,
}) => {
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  const receipt = await waitForMail(client.email, "Confirmed: ");
  expect(receipt.headers, "what has to come can't be stopped").toEqual({});

  await moveBooking(bookingId, DAY - 5);
  await runJob("queue_due_notices");
  const mail = await waitForMail(client.email, /^(Today|Tomorrow): /);
  const address = /^<(.*)>$/.exec(mail.headers["List-Unsubscribe"] ?? "")?.[1] ?? "";
  expect(mail.text).toContain(address);

  const visitor = await openBrowser();
  await visitor.goto(address);
  await visitor.reload();
  await page.goto("/settings/notifications");
  const choice = page.getByLabel("By mail: Your sessions");
  await expect(choice, "opening the link stops nothing").toHaveValue("at_once");

  await visitor.getByRole("button", STOP).click();
  await expect(visitor.getByRole("heading", { name: "These mails are stopped" })).toBeVisible();
  await page.reload();
  await expect(choice).toHaveValue("never");

  await visitor.getByRole("button", { name: "Undo: send them again" }).click();
  await expect(visitor.getByRole("button", STOP)).toBeVisible();
  await page.reload();
  await expect(choice).toHaveValue("at_once");

  // As a mail program does it: no page, no cookie, no Origin, and no redirect.
  const answer = await fetch(address, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
  });
  expect(answer.status).toBe(200);
  await page.reload();
  await expect(choice).toHaveValue("never");
});

test("an address that nobody was given stops nothing", async ({ page }) => {
  const response = await page.request.get(`/unsubscribe/${"A".repeat(64)}`);
  expect(response.status()).toBe(404);
});
