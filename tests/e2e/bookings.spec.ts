import { sql } from "./support/database.ts";
import { calendarText, waitForMail } from "./support/mail.ts";
import { newAccount } from "./support/people.ts";
import {
  chooseTime,
  fillCard,
  hold,
  introduce,
  openTimes,
  pay,
  signUp,
  timeRadio,
} from "./support/steps.ts";
import { expect, test } from "./support/test.ts";
import { clock, fullDate } from "./support/words.ts";

const PHOENIX = "America/Phoenix";
const NOTE = "A seller who wants forty thousand over the comps, on Thursday at four.";

test("a visitor finds a coach, becomes a member, holds a time, pays, and is booked", async ({
  coach,
  client,
  page,
  openAs,
}) => {
  // A search, then the page of the coach it finds.
  await page.goto("/");
  await page.getByLabel("What’s coming up?").fill(coach.coach.display_name);
  await page.getByRole("button", { name: "Find a coach" }).click();
  await page.getByRole("link", { name: coach.coach.display_name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(coach.coach.display_name);

  // Times, in a zone of the visitor's choice.
  await page.getByRole("link", { name: /^All free times/ }).click();
  await page.getByLabel("Times in").selectOption(PHOENIX);
  await page.getByRole("button", { name: "Change" }).click();
  await expect(page.getByText("Times are in Mountain Standard Time.")).toBeVisible();
  const startsAt = await chooseTime(page);
  await expect(timeRadio(page, startsAt).locator("..")).toContainText(clock(startsAt, PHOENIX));
  await page.getByLabel(/^What should .* know/).fill(NOTE);
  await page.getByRole("button", { name: "Hold this time" }).click();

  // An account comes first; the choice and the words wait.
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByRole("link", { name: "Create one" }).click();
  await expect(page).toHaveURL(/\/sign-up/);
  const account = newAccount();
  await signUp(page, account);
  await introduce(page, {
    kind: "Real estate agent",
    firstName: "Robin",
    lastName: "Porch",
    state: "AZ",
    company: "Third Step Realty",
    number: "SA-551203",
    timeZone: PHOENIX,
  });
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page.getByText("You’re all set.")).toBeVisible();
  await expect(timeRadio(page, startsAt)).toBeChecked();
  await expect(page.getByLabel(/^What should .* know/)).toHaveValue(NOTE);

  // Somebody else looks at the same times, and is too late.
  const other = await openAs(client);
  await openTimes(other, coach);
  await other.goto(page.url());
  await timeRadio(other, startsAt).check({ force: true });
  const bookingId = await hold(page);
  await other.getByRole("button", { name: "Hold this time" }).click();
  await expect(other.getByRole("alert")).toContainText(/taken this time/);
  await expect(timeRadio(other, startsAt)).toHaveCount(0);

  // The card is declined, then another is not; Stripe's word confirms, not the way back.
  await expect(page.getByText(fullDate(startsAt, PHOENIX))).toBeVisible();
  await pay(page, "4000 0000 0000 0002");
  await expect(page.getByRole("alert")).toContainText(/declined/);
  await fillCard(page, "4242 4242 4242 4242");
  await expect(page.getByText("You’re booked.")).toBeVisible({ timeout: 20_000 });
  await expect(page).toHaveURL(`/bookings/${bookingId}`);
  const [payment] = await sql<{ status: string; amount_cents: number }[]>`
    select payments.status, payments.amount_cents
    from public.payments
    join public.bookings using (order_id)
    where bookings.id = ${bookingId} and payments.status = 'succeeded'
  `;
  expect(payment?.amount_cents).toBe(coach.offer.price_cents);

  // Both get a mail, each in their own zone, with a file for the calendar.
  for (const [email, timeZone, zoneName] of [
    [account.email, PHOENIX, "Mountain Standard Time"],
    [coach.email, "America/Chicago", /Central (Standard|Daylight) Time/],
  ] as const) {
    const mail = await waitForMail(email, "Confirmed: ");
    expect(mail.text).toContain(fullDate(startsAt, timeZone));
    expect(mail.text).toMatch(zoneName);
    expect(mail.html).toContain(`/bookings/${bookingId}`);
    const stamp = startsAt.replace(/[-:]|\.\d+/g, "").replace("+0000", "Z");
    expect(calendarText(mail)).toContain(`DTSTART:${stamp.slice(0, 15)}Z`);
  }

  // "My sessions" shows what is next; the page of the session gives the same file.
  await page.goto("/sessions");
  const next = page.getByRole("region", { name: coach.offer.title });
  await expect(next).toContainText(coach.coach.display_name);
  await expect(next).toContainText(fullDate(startsAt, PHOENIX));
  await expect(page.getByRole("link", { name: "Join on Zoom" })).toHaveCount(0);
  const download = page.waitForEvent("download");
  await next.getByRole("link", { name: "Add to calendar" }).click();
  expect((await download).suggestedFilename()).toBe("session.ics");
});

test("no more than three times are held at once", async ({ coach, client, openAs }) => {
  const page = await openAs(client);
  for (let count = 0; count < 3; count++) {
    await openTimes(page, coach);
    await chooseTime(page);
    await hold(page);
  }
  await openTimes(page, coach);
  await chooseTime(page);
  await page.getByRole("button", { name: "Hold this time" }).click();
  await expect(page.getByRole("alert")).toContainText(/holding three times already/);
});

test("a time that is let go is free again", async ({ coach, client, page, openAs }) => {
  const buyer = await openAs(client);
  await openTimes(buyer, coach);
  const startsAt = await chooseTime(buyer);
  await hold(buyer);
  await openTimes(page, coach);
  await expect(timeRadio(page, startsAt)).toHaveCount(0);

  await buyer.getByRole("button", { name: "Let this time go" }).click();
  await expect(buyer.getByText("You let the time go.")).toBeVisible();
  await page.reload();
  await expect(timeRadio(page, startsAt)).toHaveCount(1);
});

test("without a choice there is no hold, and the note is kept", async ({
  coach,
  client,
  openAs,
}) => {
  const page = await openAs(client);
  await openTimes(page, coach);
  await page.getByLabel(/^What should .* know/).fill(NOTE);
  await page.locator("form", { hasText: "Hold this time" }).evaluate((form) => {
    form.setAttribute("novalidate", "");
  });
  await page.getByRole("button", { name: "Hold this time" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose a time.");
  await expect(page.getByLabel(/^What should .* know/)).toHaveValue(NOTE);
});
