import type { Page } from "@playwright/test";

import { runJob } from "./support/database.ts";
import { expect, test } from "./support/test.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A date some days from now, by the calendar of the coach's zone. */
function dayFromNow(days: number): string {
  const at = new Date(Date.now() + days * DAY);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(at);
}

/** The line of the preview for a date. */
function previewOf(page: Page, day: string) {
  const name = new Intl.DateTimeFormat("en-US", {
    weekday: "short",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  }).format(new Date(day));
  return page.locator("main ol > li").filter({ has: page.getByRole("heading", { name }) });
}

test("a coach gives a date other hours, closes one, and takes it back", async ({
  coach,
  openAs,
}) => {
  const page = await openAs(coach);
  await page.goto("/coach/availability");
  await page.getByRole("link", { name: "Single dates" }).click();
  await expect(page.getByText("Every date is like its weekday")).toBeVisible();
  await page.getByLabel("Date").fill(dayFromNow(4));
  await page.getByLabel("From, first block").selectOption("14:00");
  await page.getByLabel("To, first block").selectOption("16:00");
  await page.getByRole("button", { name: "Save this date" }).click();
  await expect(page.getByText("The date is saved.")).toBeVisible();
  await expect(page.getByText("2:00 PM – 4:00 PM")).toBeVisible();

  await page.getByLabel("Date").fill(dayFromNow(5));
  await page.getByRole("radio", { name: /Closed all day/ }).check({ force: true });
  await page.getByRole("button", { name: "Save this date" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Closed all day" })).toBeVisible();

  await page.getByRole("link", { name: "Next two weeks" }).click();
  await expect(previewOf(page, dayFromNow(4))).toContainText("2:00 PM3:00 PM");
  await expect(previewOf(page, dayFromNow(4))).not.toContainText("1:00 PM");
  await expect(previewOf(page, dayFromNow(5))).toContainText("Nothing is offered.");

  await page.getByRole("link", { name: "Single dates" }).click();
  const closed = page.getByRole("listitem").filter({ hasText: "Closed all day" });
  await closed.getByRole("button", { name: /^Remove/ }).click();
  await expect(page.getByText("Removed.")).toBeVisible();
  await page.getByRole("link", { name: "Next two weeks" }).click();
  await expect(previewOf(page, dayFromNow(5))).toContainText("1:00 PM");
});

test("clients read why a coach is out of office, and are offered nothing then", async ({
  coach,
  openAs,
  page: visitor,
}) => {
  const page = await openAs(coach);
  await page.goto("/coach/availability/away");
  await page.getByLabel("First day").fill(dayFromNow(-1));
  await page.getByLabel("Last day").fill(dayFromNow(8));
  await page.getByLabel("Note to clients").fill("Sailing around the islands.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("You are out of office then.")).toBeVisible();
  await page.getByRole("link", { name: "Next two weeks" }).click();
  await expect(previewOf(page, dayFromNow(5))).toContainText("Out of office");

  await visitor.goto(`/coaches/${coach.coach.slug}/book/${coach.offer.id}`);
  await expect(visitor.getByText("Sailing around the islands.")).toBeVisible();
  await expect(visitor.getByText("Nothing is free on these days")).toBeVisible();
  await visitor.getByRole("link", { name: "Go to the next free time" }).click();
  await expect(visitor.getByRole("radio").first()).toBeAttached();

  await page.getByRole("link", { name: "Out of office" }).click();
  await page.getByRole("button", { name: /^Remove/ }).click();
  await expect(page.getByText("You are here")).toBeVisible();
});

test("hours travel with the coach", async ({ coach, openAs }) => {
  const page = await openAs(coach);
  await page.goto("/coach/availability/travel");
  await page.getByLabel("First day").fill(dayFromNow(4));
  await page.getByLabel("Last day").fill(dayFromNow(6));
  await page.getByLabel("Time zone there").selectOption("Asia/Tokyo");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Your hours travel with you.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Japan" })).toBeVisible();
  await page.getByRole("link", { name: "Next two weeks" }).click();
  await expect(previewOf(page, dayFromNow(4))).toContainText("Japan Standard Time");
  await expect(previewOf(page, dayFromNow(7))).toContainText(/Central (Standard|Daylight) Time/);

  await page.getByRole("link", { name: "Travel" }).click();
  await page.getByRole("button", { name: /^Remove/ }).click();
  await expect(page.getByText("You stay at home")).toBeVisible();
});

test("breaks and limits are chosen from lists", async ({ coach, openAs }) => {
  const page = await openAs(coach);
  await page.goto("/coach/availability/rules");
  await page.getByLabel("Break before a session").selectOption("15");
  await page.getByLabel("Break after a session").selectOption("30");
  await page.getByLabel("At most a day").selectOption("3");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Between two sessions you have at least 30 minutes.")).toBeVisible();
  await expect(page.getByText("You hold at most 3 sessions a day.")).toBeVisible();
  await page.goto("/coach/availability/rules");
  await expect(page.getByLabel("At most a day")).toHaveValue("3");
  await expect(page.getByLabel("At most a week")).toHaveValue("");
});

test("search says when a coach is free next, and can be in that order", async ({ coach, page }) => {
  await page.goto(`/coaches?q=${encodeURIComponent(coach.name)}`);
  const card = page.getByRole("article").filter({ hasText: coach.name });
  await expect(card).toContainText(/Next free: (today|tomorrow) \d/);
  await runJob("refresh_next_times");
  await page.goto(`/coaches?q=${encodeURIComponent(coach.name)}&sort=soonest`);
  await expect(card).toContainText(/Next free: (today|tomorrow) \d/);
});

test("who has a deadline finds help before it, and books it", async ({ coach, page }) => {
  await runJob("refresh_next_times");
  await page.goto("/coaches");
  await page.getByRole("link", { name: "See who is free before it" }).click();
  await page.getByLabel("Date").fill("2020-01-01");
  await page.getByRole("button", { name: "Show who is free" }).click();
  await expect(page.getByLabel("Date")).toHaveAccessibleDescription(/still ahead/);

  await page.getByLabel("Date").fill(dayFromNow(3));
  await page.getByLabel("Time", { exact: true }).selectOption("16:00");
  await page.getByLabel("Time zone").selectOption("America/New_York");
  await page.getByLabel("State").selectOption("TX");
  await page.getByRole("button", { name: "Show who is free" }).click();
  await expect(page.getByRole("heading", { name: /^Before .*4:00 PM Eastern/ })).toBeVisible();

  const card = page.getByRole("article").filter({ hasText: coach.name });
  // The other journeys make coaches, too, who are free at the same times.
  for (let number = 2; (await card.count()) === 0; number += 1) {
    await page.getByRole("link", { name: /^Next/ }).click();
    await expect(page.getByText(`Page ${number}`, { exact: true })).toBeVisible();
  }
  await card.getByRole("listitem").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a time");
  await expect(page.getByRole("radio", { checked: true })).toBeAttached();
});
