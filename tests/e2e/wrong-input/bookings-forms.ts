import { endWithout } from "../support/attendance.ts";
import {
  askForSeries,
  askForSession,
  bookSession,
  chooseTime,
  openTimes,
} from "../support/steps.ts";
import { LONG, type WrongForm } from "./wrong-form.ts";

export const BOOKING_FORMS: WrongForm[] = [
  {
    route: "coaches.$slug.book.$offerId.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      await page.goto(`/coaches/${coach.coach.slug}/book/${coach.offer.id}`);
      await chooseTime(page);
    },
    fill: async (page) => {
      await page.getByLabel(/^What should .* know/).fill("Twelve showings and no offer.");
      // A minute past a time that is offered.
      await page.locator("input[type=radio]:checked").evaluate((radio: HTMLInputElement) => {
        radio.value = new Date(Date.parse(radio.value) + 60_000).toISOString();
      });
    },
    button: "Hold this time",
    status: 422,
    says: /not open for booking/,
    keeps: { "What should": "Twelve showings and no offer." },
  },
  {
    route: "bookings.$bookingId.cancel.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const bookingId = await bookSession(page, coach);
      await page.goto(`/bookings/${bookingId}/cancel`);
    },
    fill: async (page) => {
      await page.getByLabel(/^A word to/).fill("The listing fell through.");
      await page.locator("input[name=expectedRefundCents]").evaluate((input: HTMLInputElement) => {
        input.value = "1";
      });
    },
    button: "Cancel the session",
    status: 409,
    says: /What comes back has changed/,
    keeps: { "A word to": "The listing fell through." },
  },
  {
    route: "bookings.$bookingId.accept.tsx",
    as: "a coach",
    open: async ({ page, coach, openAs, client }) => {
      const bookingId = await askForSeries(await openAs(client), coach);
      await page.goto(`/bookings/${bookingId}`);
    },
    fill: async (page) => {
      await page.getByRole("checkbox").first().uncheck();
      await page.getByLabel(/^If you leave some out/).fill(LONG.trim());
    },
    button: "Accept the chosen dates",
    status: 400,
    field: (page) => page.getByLabel(/^If you leave some out/),
    says: /at most 500 characters/,
    keeps: { "If you leave some out": LONG.trim() },
  },
  {
    route: "bookings.$bookingId.decline.tsx",
    as: "a coach",
    open: async ({ page, coach, openAs, client }) => {
      const bookingId = await askForSession(await openAs(client), coach);
      await page.goto(`/bookings/${bookingId}/decline`);
    },
    fill: (page) => page.getByLabel(/^A word to/).fill(LONG.trim()),
    button: "Decline the request",
    status: 400,
    field: (page) => page.getByLabel(/^A word to/),
    says: /at most 500 characters/,
    keeps: { "A word to": LONG.trim() },
  },
  {
    route: "bookings.$bookingId.move.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const bookingId = await bookSession(page, coach);
      await page.goto(`/bookings/${bookingId}/move`);
      await chooseTime(page);
      await page.getByRole("button", { name: "See what changes" }).click();
    },
    fill: async (page) => {
      await page.getByLabel(/^A word to/).fill("Could we make it a minute later?");
      await page.locator("input[name=slot]").evaluate((input: HTMLInputElement) => {
        input.value = new Date(Date.parse(input.value) + 60_000).toISOString();
      });
    },
    button: "Move the session",
    status: 422,
    says: /not open for booking/,
    keeps: { "A word to": "Could we make it a minute later?" },
  },
  {
    route: "bookings.$bookingId.objection.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const bookingId = await bookSession(page, coach);
      await endWithout(bookingId, "client");
      await page.goto(`/bookings/${bookingId}`);
    },
    fill: (page) => page.getByLabel("What happened?").fill("No way."),
    button: "Send objection",
    status: 422,
    field: (page) => page.getByLabel("What happened?"),
    says: /10 to 2,000 characters/,
    keeps: { "What happened?": "No way." },
  },
  {
    route: "coaches.$slug.sooner.$offerId.tsx",
    as: "a client",
    open: ({ page, coach }) => page.goto(`/coaches/${coach.coach.slug}/sooner/${coach.offer.id}`),
    fill: (page) => page.getByLabel("Last day that helps you").fill("2020-02-29"),
    button: "Tell me",
    status: 422,
    field: (page) => page.getByLabel("Last day that helps you"),
    says: /from today to two months ahead/,
    keeps: { "Last day that helps you": "2020-02-29" },
  },
  {
    route: "coaches.$slug.series.$offerId.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      await openTimes(page, coach);
      await chooseTime(page);
      await page.getByRole("button", { name: "Repeat it every week" }).click();
      await page.waitForURL(/\/series\//);
    },
    fill: async (page) => {
      await page.getByLabel(/^What should/).fill("Every week until the listing sells.");
      await page
        .getByRole("radio", { name: /^Keep/ })
        .nth(1)
        .evaluate((radio: HTMLInputElement) => {
          radio.checked = false;
        });
    },
    button: "Hold these dates",
    status: 400,
    says: /Not every week is decided/,
    keeps: { "What should": "Every week until the listing sells." },
  },
];
