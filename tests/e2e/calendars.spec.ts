import type { Page } from "@playwright/test";

import { bookSession } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

/** Asks as a calendar app does: without cookies. */
async function subscribe(address: string, headers: Record<string, string> = {}) {
  return fetch(address, { headers });
}

async function makeAddress(page: Page, button: string): Promise<string> {
  await page.getByRole("button", { name: button }).click();
  const field = page.getByLabel("Private calendar address");
  await expect(field).toBeVisible();
  return field.inputValue();
}

test("a private address shows one's sessions until it is made anew or ended", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);

  await page.goto("/settings");
  await page.getByRole("link", { name: "Connect your calendar" }).click();
  await expect(page.getByText("You have no address yet.")).toBeVisible();
  const first = await makeAddress(page, "Make my address");
  await expect(page.getByRole("link", { name: "Open in your calendar app" })).toHaveAttribute(
    "href",
    first.replace(/^http:/, "webcal:"),
  );

  const answer = await subscribe(first);
  expect(answer.headers.get("Content-Type")).toBe("text/calendar; charset=utf-8");
  expect(answer.headers.get("Cache-Control")).toBe("private, max-age=300");
  const text = await answer.text();
  expect(text).toContain(`UID:${bookingId}@`);
  expect(text).toContain("STATUS:CONFIRMED");
  const unchanged = await subscribe(first, { "If-None-Match": answer.headers.get("ETag") ?? "" });
  expect(unchanged.status).toBe(304);

  await page.goto(`/bookings/${bookingId}/cancel`);
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await expect(page.getByText("is cancelled.")).toBeVisible();
  const changed = await subscribe(first, { "If-None-Match": answer.headers.get("ETag") ?? "" });
  expect(changed.status).toBe(200);
  expect(await changed.text()).toMatch(/SEQUENCE:1\r\n[^]*STATUS:CANCELLED/);

  await page.goto("/settings/calendar");
  await expect(page.getByLabel("Private calendar address")).toHaveCount(0);
  const second = await makeAddress(page, "Make a new address");
  expect(second).not.toBe(first);
  expect((await subscribe(first)).status).toBe(404);
  expect((await subscribe(second)).status).toBe(200);

  await page.getByRole("button", { name: "Stop this address" }).click();
  await expect(page.getByText("The address no longer works.")).toBeVisible();
  expect((await subscribe(second)).status).toBe(404);
  expect((await subscribe(new URL("/calendar/short.ics", second).href)).status).toBe(404);
});

test("a session goes into any calendar", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  await bookSession(page, coach);
  await page.locator("summary").filter({ hasText: "Add to calendar" }).click();

  for (const [name, host] of [
    ["Google Calendar", "https://calendar.google.com/"],
    ["Outlook.com", "https://outlook.live.com/"],
    ["Microsoft 365", "https://outlook.office.com/"],
  ] as const) {
    const link = page.getByRole("link", { name });
    await expect(link).toBeVisible();
    expect((await link.getAttribute("href"))?.startsWith(host)).toBe(true);
  }
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "as a file" }).click();
  expect((await download).suggestedFilename()).toBe("session.ics");
});
