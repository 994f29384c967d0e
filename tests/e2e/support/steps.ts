import { randomInt } from "node:crypto";

import { expect, type Locator, type Page } from "@playwright/test";

import { lastCode } from "./clerk.ts";
import { sql } from "./database.ts";
import type { Coach, Person } from "./people.ts";

/** Signs somebody in through the page that people use. */
export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Opens the page on which a coach's times are chosen. */
export async function openTimes(page: Page, { coach, offer }: Coach): Promise<void> {
  await page.goto(`/coaches/${coach.slug}/book/${offer.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a time");
}

let chosen = randomInt(1_000);

/**
 * Chooses a time around the middle of the week that is shown: days away, in whatever zone. Another
 * one each time, as only so many meetings can be hosted at once.
 * @returns the start, as the form sends it
 */
export async function chooseTime(page: Page): Promise<string> {
  const times = page.getByRole("radio");
  await expect(times.first()).toBeAttached(); // the page may still be on its way
  const count = await times.count();
  const time = times.nth(Math.floor(count / 4) + (chosen++ % Math.floor(count / 2)));
  await time.check({ force: true }); // the label in front of it takes the click
  return (await time.getAttribute("value")) ?? "";
}

/** Gives the same stars to each question of a review's form. */
export async function rate(page: Page, stars: number): Promise<void> {
  const radios = page.getByRole("radio", { name: `${stars} stars` });
  await expect(radios).toHaveCount(3);
  for (const radio of await radios.all()) {
    await radio.check({ force: true }); // the label in front of it takes the click
  }
}

/** The radio button of a time, by its start. */
export function timeRadio(page: Page, startsAt: string): Locator {
  return page.locator(`input[type=radio][value="${startsAt}"]`);
}

/**
 * Takes a time that is chosen.
 * @returns the id of the booking that holds it
 */
export async function hold(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Hold this time" }).click();
  await expect(page).toHaveURL(/\/bookings\/[0-9a-f-]{36}\/checkout$/);
  return bookingIdOf(page);
}

/**
 * Takes a time that is chosen, and the same in the weeks that follow.
 * @returns the id of the first booking that holds one
 */
export async function holdSeries(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Repeat it every week" }).click();
  await page.getByRole("button", { name: "Hold these dates" }).click();
  await expect(page).toHaveURL(/\/bookings\/[0-9a-f-]{36}\/checkout$/);
  return bookingIdOf(page);
}

/** Pays on the hosted page, with a card that is good or the one that is given. */
export async function pay(page: Page, card = "4242 4242 4242 4242"): Promise<void> {
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  await expect(page.getByRole("heading", { name: "Pay with card" })).toBeVisible();
  await fillCard(page, card);
}

/** Fills in the hosted page and sends it; `button` is what the one says that does. */
export async function fillCard(
  page: Page,
  card: string,
  button: string | RegExp = /^Pay \$/,
): Promise<void> {
  await page.getByLabel("Card number").fill(card);
  await page.getByLabel("Expiry").fill("12/34");
  await page.getByLabel("Security code").fill("123");
  await page.getByLabel("Name on card").fill("Robin Porch");
  await page.getByRole("button", { name: button }).click();
}

/** Has a coach keep an answer that they give often. */
export async function saveAnswer(page: Page, title: string, body: string): Promise<void> {
  await page.goto("/coach/answers");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Answer", { exact: true }).fill(body);
  await page.getByRole("button", { name: "Save answer" }).click();
  await expect(page.getByText("Your answer is saved.")).toBeVisible();
}

/** Takes and pays for a session, far enough ahead to be cancelled in full. */
export async function bookSession(page: Page, coach: Coach): Promise<string> {
  await openTimes(page, coach);
  await chooseTime(page);
  const bookingId = await hold(page);
  await pay(page);
  await expect(page).toHaveURL(`/bookings/${bookingId}`, { timeout: 20_000 });
  await expect(page.getByText("You’re booked.")).toBeVisible();
  return bookingId;
}

/**
 * Asks a coach for a session, who wants to be asked from now on.
 * @returns the booking's id; the page shows it
 */
export async function askForSession(page: Page, coach: Coach): Promise<string> {
  await sql`update public.offers set is_instant = false where id = ${coach.offer.id}`;
  await openTimes(page, coach);
  await chooseTime(page);
  return authorize(page, await hold(page));
}

/**
 * Asks a coach for the same time every week, as often as the page proposes.
 * @returns the first booking's id; the page shows it
 */
export async function askForSeries(page: Page, coach: Coach): Promise<string> {
  await sql`update public.offers set is_instant = false where id = ${coach.offer.id}`;
  await openTimes(page, coach);
  await chooseTime(page);
  return authorize(page, await holdSeries(page));
}

/** Lets the bank hold the money of what is held. */
async function authorize(page: Page, bookingId: string): Promise<string> {
  await expect(page.getByText("To pay when it is accepted")).toBeVisible();
  await page.getByRole("button", { name: /^Authorize \$/ }).click();
  await expect(page.getByRole("heading", { name: "Pay with card" })).toBeVisible();
  await fillCard(page, "4242 4242 4242 4242");
  await expect(page).toHaveURL(`/bookings/${bookingId}`, { timeout: 20_000 });
  await expect(page.getByText("Your request is sent.")).toBeVisible();
  return bookingId;
}

/** The id in the address of a booking's page. */
function bookingIdOf(page: Page): string {
  const id = /\/bookings\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  if (!id) throw new Error(`${page.url()} is not the page of a booking.`);
  return id;
}

/**
 * Expects a refused form: the page came with this status, and a message stands beside the field.
 * @param send sends the form
 * @param status of the answer
 * @param field the control that is wrong
 * @param message what stands beside it
 */
export async function expectRefusal(
  page: Page,
  send: () => Promise<void>,
  status: number,
  field: Locator,
  message: string | RegExp,
): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await send();
  expect((await answered).status()).toBe(status);
  await expect(field).toHaveAccessibleDescription(message);
  await expect(field).toHaveAttribute("aria-invalid", "true");
}

/**
 * Lets a form be sent as it is, so that the server's own checks answer: without scripts a browser
 * that knows no constraints, with them somebody who removed them.
 */
export async function withoutConstraints(page: Page): Promise<void> {
  await page.locator("form[method=post]").evaluateAll((forms) => {
    for (const form of forms) form.setAttribute("novalidate", "");
  });
}

/** Makes an account through the pages; leaves the person where they say who they are. */
export async function signUp(
  page: Page,
  account: { email: string; password: string },
): Promise<void> {
  if (!page.url().includes("/sign-up")) await page.goto("/sign-up");
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Confirm your e-mail" })).toBeVisible();
  await page.getByLabel("Code").fill(await lastCode(account.email));
  await page.getByRole("button", { name: "Confirm and continue" }).click();
  await expect(page).toHaveURL(/\/welcome/);
}

/** Signs out by the button in the account menu. */
export async function signOut(page: Page): Promise<void> {
  const menu = page.locator("details").filter({ hasText: "Sign out" }).filter({ visible: true });
  await menu.locator("summary").click();
  await menu.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
}

export type Introduction = {
  kind: "Real estate agent" | "Loan officer" | "I only coach";
  firstName: string;
  lastName: string;
  state: string;
  company: string;
  number: string;
  timeZone: string;
};

/** Fills in who somebody is. */
export async function introduce(page: Page, who: Introduction): Promise<void> {
  await page.getByRole("radio", { name: who.kind }).check();
  await page.getByLabel("First name").fill(who.firstName);
  await page.getByLabel("Last name").fill(who.lastName);
  await page.getByLabel("State you work in").selectOption(who.state);
  await page.getByLabel(/Brokerage|Lender|Company/).fill(who.company);
  if (who.number) await page.getByLabel(/License number|NMLS ID/).fill(who.number);
  await page.getByLabel("Your time zone").selectOption(who.timeZone);
}

/** Goes to the week of the coach's calendar that holds a booking, at most two weeks on. */
export async function moveWeekTo(page: Page, bookingId: string): Promise<void> {
  const entry = page.locator(`main ol a[href="/bookings/${bookingId}"]`);
  for (let week = 0; week < 2 && (await entry.count()) === 0; week++) {
    await page.getByRole("link", { name: "The seven days after" }).click();
    await page.waitForURL(/week=/);
  }
  await expect(entry).toHaveCount(1);
}
