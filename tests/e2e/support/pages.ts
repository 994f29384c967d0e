import { expect, type Page } from "@playwright/test";
import sharp from "sharp";

import { endWithout } from "./attendance.ts";
import { moveBooking, runJob } from "./database.ts";
import { createGroupSession } from "./groups.ts";
import { unsubscribePath } from "./mail.ts";
import { createMembershipOffer, subscribe } from "./memberships.ts";
import { missWithoutPaying } from "./no-show-fees.ts";
import {
  buyInParts,
  buyPackage,
  createPackage,
  createPackageInParts,
  orderPackage,
} from "./packages.ts";
import type { Coach } from "./people.ts";
import { askForSession, chooseTime, hold, holdSeries, openTimes, pay } from "./steps.ts";

/** A page of the site: what to call it, and where it is. */
export type NamedPage = { name: string; path: string };

/** The pages that anybody may see. */
export function visitorPages(coach: Coach): NamedPage[] {
  const { slug } = coach.coach;
  return [
    { name: "home", path: "/" },
    { name: "coaches", path: "/coaches" },
    { name: "coaches-none", path: "/coaches?q=xyzzy&max_price=cheap" },
    { name: "free-before", path: freeBefore() },
    { name: "free-before-wrong", path: "/free-before?date=2020-01-01&time=16:00" },
    { name: "coach", path: `/coaches/${slug}` },
    { name: "times", path: `/coaches/${slug}/book/${coach.offer.id}` },
    { name: "how-it-works", path: "/how-it-works" },
    { name: "how-reviews-work", path: "/how-reviews-work" },
    { name: "become-a-coach", path: "/become-a-coach" },
    { name: "privacy", path: "/privacy" },
    { name: "terms", path: "/terms" },
    { name: "sign-in", path: "/sign-in" },
    { name: "sign-up", path: "/sign-up" },
    { name: "forgot-password", path: "/forgot-password" },
    { name: "not-found", path: "/nowhere" },
  ];
}

/** Who can help before four in the afternoon, three days from now. */
export function freeBefore(): string {
  const day = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  return `/free-before?date=${day}&time=16:00&time_zone=America/New_York`;
}

/** The pages of a coach's desk. */
export const DESK_PAGES: NamedPage[] = [
  { name: "desk", path: "/coach" },
  { name: "desk-clients", path: "/coach/clients" },
  { name: "desk-answers", path: "/coach/answers" },
  { name: "desk-reviews", path: "/coach/reviews" },
  { name: "desk-earnings", path: "/coach/earnings" },
  { name: "desk-payouts", path: "/coach/earnings/payouts" },
  { name: "desk-offers", path: "/coach/offers" },
  { name: "desk-new-offer", path: "/coach/offers/new" },
  { name: "desk-new-intro-call", path: "/coach/offers/new-intro-call" },
  { name: "desk-new-group-session", path: "/coach/offers/new-group-session" },
  { name: "desk-new-membership", path: "/coach/offers/new-membership" },
  { name: "desk-new-package", path: "/coach/offers/new-package" },
  { name: "desk-coupons", path: "/coach/coupons" },
  { name: "desk-hours", path: "/coach/availability" },
  { name: "desk-rules", path: "/coach/availability/rules" },
  { name: "desk-calendly", path: "/coach/calendly" },
  { name: "desk-calendly-disconnect", path: "/coach/calendly/disconnect" },
  { name: "desk-dates", path: "/coach/availability/dates" },
  { name: "desk-away", path: "/coach/availability/away" },
  { name: "desk-travel", path: "/coach/availability/travel" },
  { name: "desk-preview", path: "/coach/availability/preview" },
  { name: "desk-profile", path: "/coach/profile" },
];

/** The pages of a group session of a coach's, with a date that somebody has a seat at. */
export async function groupPages(
  coach: Coach,
): Promise<{ desk: NamedPage[]; client: NamedPage[] }> {
  const { offerId, dateId } = await createGroupSession(coach);
  return {
    desk: [
      { name: "desk-group-dates", path: `/coach/offers/${offerId}/dates` },
      { name: "desk-date", path: `/coach/dates/${dateId}` },
      { name: "desk-date-call-off", path: `/coach/dates/${dateId}/call-off` },
    ],
    client: [{ name: "group-dates", path: `/coaches/${coach.coach.slug}/dates/${offerId}` }],
  };
}

/**
 * Has a client buy a package of a coach's, and leave another unpaid.
 * @param page of the client, signed in
 */
export async function packagePages(
  page: Page,
  coach: Coach,
): Promise<{ desk: NamedPage[]; client: NamedPage[] }> {
  const offerId = await createPackage(coach);
  const paid = await buyPackage(page, coach, offerId);
  const unpaid = await orderPackage(page, coach, offerId);
  const inPartsId = await createPackageInParts(coach);
  const inParts = await buyInParts(page, coach, inPartsId);
  return {
    desk: [{ name: "desk-package-end", path: `/coach/packages/${paid}/end` }],
    client: [
      { name: "package-offer", path: `/coaches/${coach.coach.slug}/packages/${offerId}` },
      { name: "package-checkout", path: `/orders/${unpaid}/checkout` },
      {
        name: "package-in-parts-offer",
        path: `/coaches/${coach.coach.slug}/packages/${inPartsId}`,
      },
      { name: "package-in-parts", path: `/packages/${inParts}` },
      { name: "packages", path: "/packages" },
      { name: "package", path: `/packages/${paid}` },
      { name: "package-book", path: `/packages/${paid}/book` },
    ],
  };
}

/**
 * Walks a client through the journey, so that each of its pages has something to show.
 * @param page of the client, signed in
 * @param book has them book and pay for a session, and returns its id
 * @returns the pages, none of which changes by being looked at
 */
export async function clientPages(
  page: Page,
  coach: Coach,
  book: () => Promise<string>,
): Promise<NamedPage[]> {
  const done = await book();
  await moveBooking(done, -46);
  await runJob("complete_bookings");
  const booked = await book();
  const missed = await book();
  await endWithout(missed, "client");
  const open = await book();
  await moveBooking(open, 10);
  await page.goto(`/bookings/${booked}/move`);
  const newTime = await chooseTime(page);
  await openTimes(page, coach);
  const weekly = await chooseTime(page);
  const series = await holdSeries(page);
  await pay(page);
  await page.waitForURL(`/bookings/${series}`);
  const steady = await createMembershipOffer(coach);
  const membership = await subscribe(page, coach, steady.id);
  const unpaid = await missWithoutPaying(membership);
  const more = await createMembershipOffer(coach, {
    title: "Four sessions a month",
    price_cents: 52_000,
    trial_days: 7,
  });
  const asked = await askForSession(page, coach);
  await openTimes(page, coach);
  await chooseTime(page);
  const held = await hold(page);

  await page.goto(`/coaches/${coach.coach.slug}/message`);
  await page.getByLabel("Your message").fill("Do you do short sales? One is coming up on Monday.");
  await page.getByRole("button", { name: "Send message" }).click();
  await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
  const thread = new URL(page.url()).pathname;
  await page.getByLabel("Attach files").setInputFiles([
    {
      name: "Porch.png",
      mimeType: "image/png",
      buffer: await sharp({ create: { width: 600, height: 400, channels: 3, background: "teal" } })
        .png()
        .toBuffer(),
    },
    { name: "Questions.txt", mimeType: "text/plain", buffer: Buffer.from("What does it cost?") },
  ]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("link", { name: /^Questions.txt/ })).toBeVisible();

  return [
    { name: "request", path: `/bookings/${asked}` },
    { name: "checkout", path: `/bookings/${held}/checkout` },
    { name: "session", path: `/bookings/${booked}` },
    { name: "session-open", path: `/bookings/${open}` },
    { name: "session-done", path: `/bookings/${done}` },
    { name: "session-missed", path: `/bookings/${missed}` },
    { name: "objection", path: `/bookings/${missed}/objection` },
    {
      name: "series",
      path: `/coaches/${coach.coach.slug}/series/${coach.offer.id}?slot=${encodeURIComponent(weekly)}`,
    },
    { name: "session-series", path: `/bookings/${series}` },
    { name: "cancel-series", path: `/bookings/${series}/cancel?scope=following` },
    { name: "cancel", path: `/bookings/${booked}/cancel` },
    { name: "move", path: `/bookings/${booked}/move` },
    {
      name: "move-confirm",
      path: `/bookings/${booked}/move?slot=${encodeURIComponent(newTime)}`,
    },
    { name: "sooner", path: `/bookings/${booked}/sooner` },
    { name: "sooner-offer", path: `/coaches/${coach.coach.slug}/sooner/${coach.offer.id}` },
    { name: "review", path: `/bookings/${done}/review` },
    { name: "subscribe", path: `/coaches/${coach.coach.slug}/memberships/${more.id}` },
    { name: "membership", path: `/memberships/${membership}` },
    { name: "membership-plan", path: `/memberships/${membership}/plan` },
    { name: "missed-fee", path: `/bookings/${unpaid}/fee` },
    { name: "billing", path: "/settings/billing" },
    { name: "sessions", path: "/sessions" },
    { name: "sessions-past", path: "/sessions?show=past" },
    { name: "messages", path: "/messages" },
    { name: "messages-search", path: "/messages/search?q=listing" },
    { name: "conversation", path: thread },
    { name: "conversation-report", path: `${thread}/report` },
    { name: "message-change", path: await changePath(page) },
    { name: "settings", path: "/settings" },
    { name: "settings-calendar", path: "/settings/calendar" },
    { name: "settings-notifications", path: "/settings/notifications" },
    { name: "settings-mails", path: "/settings/mails" },
    { name: "unsubscribe", path: await unsubscribePath("sessions") },
    { name: "notifications", path: "/notifications" },
  ];
}

/** Where the newest message of one's own is changed. @param page on which its thread is open */
async function changePath(page: Page): Promise<string> {
  const link = page.getByRole("link", { name: "Change or delete this message" }).last();
  return (await link.getAttribute("href")) ?? "";
}

/** Light and dark. */
export const THEMES = ["light", "dark"] as const;

/** A phone and a desk. */
export const WIDTHS = [390, 1280] as const;

/** Has a page drawn light or dark, as its reader's device asks for, and without movement. */
export async function setTheme(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await expect
    .poll(() => page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches))
    .toBe(theme === "dark");
}
