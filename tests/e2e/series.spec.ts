import type { Page } from "@playwright/test";

import { sql } from "./support/database.ts";
import { mailTo, waitForMail } from "./support/mail.ts";
import type { Coach } from "./support/people.ts";
import { chooseTime, openTimes, pay, withoutConstraints } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";
import { fullDate } from "./support/words.ts";

const PHOENIX = "America/Phoenix";
const WEEK = 7 * 24 * 3_600_000;
const NOTE = "Every week until the listing sells.";

test("a client books a time for weeks, past two that are closed, moves all of it, and cancels", async ({
  coach,
  client,
  openAs,
}) => {
  await sql`update public.coaches set time_zone = ${PHOENIX} where id = ${coach.coach.id}`;
  const page = await openAs(client);
  await openTimes(page, coach);
  const first = await chooseTime(page);
  await close(coach, weekAfter(first, 1));
  await page.getByLabel(/^What should .* know/).fill(NOTE);
  await page.getByRole("button", { name: "Repeat it every week" }).click();

  // Every date is there, in the client's zone; one is closed and has to be decided about.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The same time every week");
  await page.getByLabel("How many weeks?").selectOption("5");
  await page.getByRole("button", { name: "Show the dates" }).click();
  await expect(weeks(page)).toHaveCount(5);
  await expect(page.getByLabel(/^What should .* know/)).toHaveValue(NOTE);
  await expect(week(page, first, 4)).toHaveAccessibleName(/Mountain Standard Time/);
  await expect(week(page, first, 1)).toContainText("does not work then");
  await withoutConstraints(page);
  await page.getByRole("button", { name: "Hold these dates" }).click();
  await expect(week(page, first, 1)).toHaveAccessibleDescription(
    "Choose a time, or skip this week.",
  );

  // What is chosen stays chosen when another date goes meanwhile, and nothing is taken in its place.
  const instead = week(page, first, 1).getByRole("radio").first();
  const second = (await instead.getAttribute("value")) ?? "";
  await instead.check({ force: true });
  await skip(page, first, 4);
  await close(coach, weekAfter(first, 2));
  await page.getByRole("button", { name: "Hold these dates" }).click();
  await expect(page.getByRole("alert")).toContainText(/^Nothing is booked, because not every date/);
  await expect(week(page, first, 2)).toContainText("does not work then");
  await expect(week(page, first, 2).getByRole("radio", { checked: true })).toHaveCount(0);
  await expect(week(page, first, 1).getByRole("radio").first()).toBeChecked();
  await skip(page, first, 2);
  await page.getByRole("button", { name: "Hold these dates" }).click();

  // Once more every date, the price of each and of all; one payment, one mail.
  await expect(page).toHaveURL(/\/checkout$/);
  const dates = [first, second, weekAfter(first, 3)];
  for (const date of dates) await expect(page.getByText(fullDate(date, PHOENIX))).toBeVisible();
  await expect(page.getByText("3 × $120.50")).toBeVisible();
  await pay(page);
  await expect(page.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/session 1 of 3/)).toBeVisible();
  const mail = await waitForMail(client.email, "Confirmed: 3 × ");
  for (const date of dates) expect(mail.text).toContain(fullDate(date, PHOENIX));
  expect(mail.attachments).toHaveLength(3);
  expect(await mailTo(client.email)).toHaveLength(1);

  // All that follow move along by as much; what would change is shown before.
  await page.getByRole("link", { name: "Change the time" }).click();
  await page.getByRole("link", { name: "This and all that follow (3)" }).click();
  const before = await startsOf(coach);
  const moved = await chooseTime(page);
  const by = Date.parse(moved) - Date.parse(first);
  await sql`delete from public.date_overrides where coach_id = ${coach.coach.id}`;
  await close(coach, weekAfter(moved, 3));
  await page.getByRole("button", { name: "See what changes" }).click();
  const last = page
    .getByRole("listitem")
    .filter({ hasText: fullDate(weekAfter(moved, 3), PHOENIX) });
  await expect(last).toContainText("Not free");
  await expect(page.getByRole("button", { name: "Move the sessions" })).toHaveCount(0);
  await sql`delete from public.date_overrides where coach_id = ${coach.coach.id}`;
  await page.reload();
  await expect(last).not.toContainText("Not free");
  await page.getByLabel(/^A word to/).fill("New hours.");
  await page.getByRole("button", { name: "Move the sessions" }).click();
  await expect(page.getByText("The sessions have new times.")).toBeVisible();
  expect(await startsOf(coach)).toEqual(before.map((start) => start + by));

  // One is cancelled by itself, then the rest.
  await page.locator("main ol a").first().click();
  await page.getByRole("link", { name: "Cancel this session" }).click();
  await expect(page.getByText("All of the $120.50 you paid comes back")).toBeVisible();
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByText("The session is cancelled.")).toBeVisible();
  await page.locator("main ol a").first().click();
  await page.getByRole("link", { name: "Cancel this session" }).click();
  await page.getByRole("link", { name: "This and all that follow (2)" }).click();
  await expect(page.getByText("$241.00 comes back to your card.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel these sessions" }).click();
  await expect(page.getByText("The sessions are cancelled.")).toBeVisible();
  const [order] = await sql`
    select status, (select sum(amount_cents)::integer from public.refunds where order_id = orders.id) as back
    from public.orders where coach_id = ${coach.coach.id}
  `;
  expect(order).toEqual({ status: "refunded", back: 36_150 });
});

/** Closes the day of the coach on which an instant lies. */
async function close(coach: Coach, instant: string): Promise<void> {
  await sql`
    insert into public.date_overrides (coach_id, day)
    select id, (${instant}::timestamptz at time zone time_zone)::date
    from public.coaches where id = ${coach.coach.id}
  `;
}

/** The same wall time some weeks later: where coach and client are, clocks never change. */
function weekAfter(start: string, count: number): string {
  return new Date(Date.parse(start) + count * WEEK).toISOString();
}

function weeks(page: Page) {
  return page.locator("main ol fieldset");
}

function week(page: Page, first: string, count: number) {
  return weeks(page).filter({ hasText: fullDate(weekAfter(first, count), PHOENIX) });
}

async function skip(page: Page, first: string, count: number): Promise<void> {
  await week(page, first, count)
    .getByRole("radio", { name: "Skip this week" })
    .check({ force: true });
}

/** When the sessions of a coach start, in order. */
async function startsOf(coach: Coach): Promise<number[]> {
  const rows = await sql<{ starts_at: Date }[]>`
    select starts_at from public.bookings where coach_id = ${coach.coach.id} order by position
  `;
  return rows.map(({ starts_at }) => starts_at.getTime());
}
