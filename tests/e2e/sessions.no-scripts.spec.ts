/*
 * A session token lives for a minute, and without scripts nothing renews it while somebody types.
 * Here it lives for seconds, and the forms are sent when it is long over.
 */
import type { BrowserContext, Page } from "@playwright/test";

import { revokeSessions, setTokenLifetime } from "./support/clerk.ts";
import { moveBooking, runJob, sql } from "./support/database.ts";
import { bookSession, chooseTime, openTimes, rate } from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

const LIFETIME = 3;
const NOTE = "Twelve showings and no offer. What do I tell them on Sunday?";
const REVIEW = "He played the seller better than the seller did. I kept my price on Sunday.";

test.beforeAll(() => setTokenLifetime(LIFETIME));
test.afterAll(() => setTokenLifetime(60));

test("a form sent after the token's life loses nothing", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  const reviewed = await completedSession(page);

  await openTimes(page, coach);
  const startsAt = await chooseTime(page);
  await page.getByLabel(/^What should .* know/).fill(NOTE);
  await tokenIsOver(page);
  await page.getByRole("button", { name: "Hold this time" }).click();
  await expect(page).toHaveURL(/\/checkout$/);
  const [booking] = await sql`
    select starts_at, note from public.bookings
    where client_id = ${client.profile.id} and status = 'held'
  `;
  expect(booking).toMatchObject({ note: NOTE, starts_at: new Date(startsAt) });

  await page.goto(`/coaches/${coach.coach.slug}/message`);
  await page.getByLabel("Your message").fill(NOTE);
  await tokenIsOver(page);
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByRole("log")).toContainText(NOTE);

  await page.getByLabel(`Message to ${coach.coach.display_name}`).fill("And one more thing.");
  await tokenIsOver(page);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("log")).toContainText("And one more thing.");

  await page.goto(`/bookings/${reviewed}/review`);
  await rate(page, 5);
  await page.getByLabel("What should others know?").fill(REVIEW);
  await tokenIsOver(page);
  await page.getByRole("button", { name: "Send review" }).click();
  await expect(page.getByText("Your review is in.")).toBeVisible();

  async function completedSession(of: Page): Promise<string> {
    const bookingId = await bookSession(of, coach);
    await moveBooking(bookingId, -46);
    await runJob("complete_bookings");
    return bookingId;
  }
});

test("a session that was revoked keeps what was typed, and asks to sign in again", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  const bookingId = await bookSession(page, coach);
  const context = page.context();
  const [booking, message, settings, cancel] = await Promise.all([
    context.newPage(),
    context.newPage(),
    context.newPage(),
    context.newPage(),
  ]);

  await openTimes(booking, coach);
  const startsAt = await chooseTime(booking);
  await booking.getByLabel(/^What should .* know/).fill(NOTE);
  await message.goto(`/coaches/${coach.coach.slug}/message`);
  await message.getByLabel("Your message").fill(NOTE);
  await settings.goto("/settings");
  await settings.getByLabel("Brokerage").fill("Open Door Homes");
  await cancel.goto(`/bookings/${bookingId}/cancel`);
  await cancel.getByLabel(/^A word to/).fill(NOTE);

  await revokeSessions(client.profile.clerk_user_id ?? "");
  await tokenIsOver(page);
  const stale = await context.cookies();

  for (const [form, button, field, text] of [
    [booking, "Hold this time", /^What should .* know/, NOTE],
    [message, "Send message", "Your message", NOTE],
    [settings, "Save changes", /^Brokerage/, "Open Door Homes"],
    [cancel, "Cancel the session", /^A word to/, NOTE],
  ] as const) {
    await restore(context, stale); // each form is sent by a browser that knows of nothing yet
    const answered = form.waitForResponse((response) => response.request().method() === "POST");
    await form.getByRole("button", { name: button }).click();
    expect((await answered).status(), button).toBe(401);
    await expect(form.getByRole("alert").first()).toContainText(/You are signed out/);
    await expect(form.getByLabel(field)).toHaveValue(text);
  }
  await expect(booking.locator(`input[type=radio][value="${startsAt}"]`)).toBeChecked();

  // Signed in again in another tab, the very same forms go through.
  const again = await context.newPage();
  await again.goto("/sign-in");
  await again.getByLabel("E-mail").fill(client.email);
  await again.getByLabel("Password").fill(client.password);
  await again.getByRole("button", { name: "Sign in" }).click();
  await expect(again).toHaveURL("/sessions");
  await message.getByRole("button", { name: "Send message" }).click();
  await expect(message.getByRole("log")).toContainText(NOTE);
  await booking.getByRole("button", { name: "Hold this time" }).click();
  await expect(booking).toHaveURL(/\/checkout$/);
});

/** Waits until the token in the browser is of no use to anybody. */
async function tokenIsOver(page: Page) {
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === "__session")?.value ?? "";
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
  const { exp } = JSON.parse(payload) as { exp: number };
  await expect
    .poll(() => Date.now() / 1000, { timeout: (LIFETIME + 5) * 1000 })
    .toBeGreaterThan(exp + 1);
}

async function restore(
  context: BrowserContext,
  cookies: Awaited<ReturnType<BrowserContext["cookies"]>>,
) {
  await context.clearCookies();
  await context.addCookies(cookies);
}
