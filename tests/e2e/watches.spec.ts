import { runJob } from "./support/database.ts";
import { waitForMail } from "./support/mail.ts";
import { createPerson } from "./support/people.ts";
import { bookSession, chooseTime, hold, openTimes, pay } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

test("a client hears of a time that opens before their session, and moves there", async ({
  coach,
  client,
  openAs,
}) => {
  // Somebody else has a time this week; the client has one in the next.
  const other = await openAs(await createPerson());
  const taken = await bookSession(other, coach);
  const page = await openAs(client);
  await openTimes(page, coach);
  await page.getByRole("link", { name: "The seven days after" }).click();
  await page.waitForURL(/week=/);
  await chooseTime(page);
  const mine = await hold(page);
  await pay(page);
  await expect(page.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });

  await page.goto(`/bookings/${mine}`);
  await page.getByRole("link", { name: "Something sooner" }).click();
  await page.getByRole("button", { name: "Tell me" }).click();
  await expect(page.getByText("We are looking out for you.")).toBeVisible();

  await other.goto(`/bookings/${taken}/cancel`);
  await other.getByRole("button", { name: "Cancel the session" }).click();
  await expect(other.getByText("The session is cancelled.")).toBeVisible();
  await runJob("refresh_next_times");
  await runJob("tell_opened_slots");

  const mail = await waitForMail(client.email, "A sooner time with");
  const [link] = /\/bookings\/[^\s"]+\/move\?[^\s"]+/.exec(mail.text) ?? [];
  await page.goto(link ?? "");
  await page.getByRole("button", { name: "Move the session" }).click();
  await expect(page).toHaveURL(`/bookings/${mine}`);

  await page.getByRole("link", { name: "Something sooner" }).click();
  await expect(page.getByText("After that we stop by ourselves.")).toBeVisible();
  await page.getByRole("button", { name: "Stop looking" }).click();
  await expect(page.getByText("We have stopped looking.")).toBeVisible();
});

test("a client without a session names a day, changes it, and stops", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  await openTimes(page, coach);
  await page.getByRole("link", { name: "Tell me if a time opens" }).click();
  await page.getByLabel("Last day that helps you").fill(dayFromNow(5));
  await page.getByRole("button", { name: "Tell me" }).click();
  await expect(page.getByText("We are looking out for you.")).toBeVisible();

  await page.getByRole("link", { name: "Tell me if a time opens" }).click();
  await page.getByLabel("Last day that helps you").fill(dayFromNow(9));
  await page.getByRole("button", { name: "Change the day" }).click();
  await expect(page.getByText("We are looking out for you.")).toBeVisible();

  await page.getByRole("link", { name: "Tell me if a time opens" }).click();
  await page.getByRole("button", { name: "Stop looking" }).click();
  await expect(page.getByText("We have stopped looking.")).toBeVisible();
});

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
