import type { Page } from "@playwright/test";

import { waitForMail } from "./support/mail.ts";
import { createPerson, type Coach } from "./support/people.ts";
import { expectRefusal, pay, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const TITLE = "Pricing clinic";

/** The coach puts a group session with two seats on sale, and schedules its first date. */
async function putOnSale(desk: Page) {
  await desk.goto("/coach/offers");
  await desk.getByRole("link", { name: "Offer a group session" }).click();
  await withoutConstraints(desk);
  await desk.getByLabel("Name", { exact: true }).fill(TITLE);
  await desk.getByLabel("Price of a seat").fill("40");
  const seats = desk.getByLabel("Seats");
  const save = desk.getByRole("button", { name: "Put it on sale" });
  await seats.fill("1");
  await expectRefusal(desk, () => save.click(), 422, seats, /2 to 50 seats/);
  await seats.fill("2");
  await save.click();
  await expect(desk.getByText("Your group session is on sale.")).toBeVisible();

  await desk.getByRole("link", { name: `Dates of ${TITLE}` }).click();
  const schedule = desk.getByRole("button", { name: "Schedule this date" });
  const day = new Date(Date.now() + 6 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await desk.getByLabel("Date").fill(day);
  await desk.getByLabel("Starts at").selectOption("12:00");
  await schedule.click();
  await expect(desk.getByText("The date is scheduled.")).toBeVisible();
  await expect(desk.getByText("0 of 2 seats")).toBeVisible();

  const time = desk.getByLabel("Starts at");
  await desk.getByLabel("Date").fill(day);
  await time.selectOption("13:00");
  await expectRefusal(desk, () => schedule.click(), 409, time, /something else in your calendar/);
  await expect(desk.getByLabel("Date")).toHaveValue(day);
}

/** Opens the dates from the coach's page. */
async function openDates(page: Page, { coach }: Coach) {
  await page.goto(`/coaches/${coach.slug}`);
  await page.getByRole("link", { name: `Dates and seats for ${TITLE}` }).click();
}

/** Takes and pays for a seat at the one date that there is; ends on the page of the session. */
async function takeSeat(page: Page, coach: Coach, { isNameShown }: { isNameShown: boolean }) {
  await openDates(page, coach);
  await page.getByRole("radio").check({ force: true }); // the label in front of it takes the click
  await page.getByLabel(/Show my name to the others/).setChecked(isNameShown, { force: true });
  await page.getByRole("button", { name: "Hold this seat" }).click();
  await expect(page).toHaveURL(/\/checkout$/);
  await pay(page);
  await expect(page.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });
}

test("a group session is held: scheduled, seats paid, names shown by consent, a seat given up, a date called off", async ({
  coach,
  client: dana,
  openAs,
  openBrowser,
}) => {
  test.setTimeout(150_000);
  const desk = await openAs(coach);
  await putOnSale(desk);

  const page = await openAs(dana);
  await takeSeat(page, coach, { isNameShown: true });
  await expect(page.getByText("Nobody else has agreed to be named yet.")).toBeVisible();
  await openDates(page, coach);
  await expect(page.getByText("You have a seat.")).toBeVisible();
  await page.goBack();
  await page.goBack();

  // Neither reads the other's name before both have agreed.
  const omar = await createPerson();
  const other = await openAs(omar);
  await takeSeat(other, coach, { isNameShown: false });
  await expect(other.getByRole("main")).not.toContainText(dana.name);
  await page.reload();
  await expect(page.getByRole("main")).not.toContainText(omar.name);
  await other.getByRole("button", { name: "Show my name to the others" }).click();
  await expect(other.getByRole("listitem").filter({ hasText: dana.name })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: omar.name })).toBeVisible();
  await page.getByRole("button", { name: "Hide my name" }).click();
  await expect(page.getByRole("main")).not.toContainText(omar.name);
  await other.reload();
  await expect(other.getByRole("main")).not.toContainText(dana.name);

  // Full is said, to whoever looks, and the coach sees everybody.
  const visitor = await openBrowser();
  await openDates(visitor, coach);
  await expect(visitor.getByText("Every seat is taken")).toBeVisible();
  await expect(visitor.getByText("Full.")).toBeVisible();
  await desk.goto("/coach");
  await expect(desk.getByRole("region", { name: TITLE })).toContainText("2 of 2 seats");
  await desk.getByRole("region", { name: TITLE }).getByRole("link", { name: "Details" }).click();
  for (const { name } of [dana, omar]) {
    await expect(desk.getByRole("link", { name })).toBeVisible();
  }
  await waitForMail(coach.email, `A seat is taken: ${TITLE}`);

  // A seat given up is free again; a date called off is over for all.
  await other.getByRole("link", { name: "Cancel this session" }).click();
  await other.getByRole("button", { name: "Cancel the session" }).click();
  await expect(other.getByText("$40.00 is on its way back.")).toBeVisible();
  await visitor.reload();
  await expect(visitor.getByText("1 seat left")).toBeVisible();
  await desk.reload();
  await expect(desk.getByText("1 of 2 seats")).toBeVisible();
  await desk.getByRole("link", { name: "Call this date off" }).click();
  await expect(
    desk.getByText("One person has a seat and gets all of their money back."),
  ).toBeVisible();
  await desk.getByLabel("A word to those who have a seat").fill("I lost my voice.");
  await desk.getByRole("button", { name: "Call it off" }).click();
  await expect(desk.getByText("The date is called off.")).toBeVisible();

  await page.reload();
  await expect(page.getByText("“I lost my voice.”").first()).toBeVisible();
  const mail = await waitForMail(dana.email, `Called off: ${TITLE}`);
  expect(mail.text).toContain("I lost my voice.");
  expect(mail.text).toContain("$40.00 of $40.00 goes back");
  await visitor.reload();
  await expect(visitor.getByText("No date is scheduled")).toBeVisible();
});
