/*
 * Every form of the site, filled in wrongly by a browser without scripts that knows no constraints:
 * the page comes back with a status, says beside the field what is wrong, and keeps what was typed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Locator, Page } from "@playwright/test";

import { ROOT } from "../../supabase/local/paths.ts";
import { connectCalendly, createCalendlyAccount } from "./support/calendly.ts";
import { endWithout } from "./support/attendance.ts";
import { moveBooking, runJob, sql } from "./support/database.ts";
import { createGroupSession } from "./support/groups.ts";
import { createMembershipOffer, subscribe } from "./support/memberships.ts";
import { buyPackage, createPackage, createPackageInParts } from "./support/packages.ts";
import { reviewed } from "./support/reviewed.ts";
import { newAccount, type Coach, type Person } from "./support/people.ts";
import {
  askForSeries,
  askForSession,
  bookSession,
  chooseTime,
  expectRefusal,
  openTimes,
  rate,
  saveAnswer,
  signUp,
  withoutConstraints,
} from "./support/steps.ts";
import { expect, test } from "./support/test.ts";

type Scene = {
  coach: Coach;
  client: Person;
  page: Page;
  openAs: (person: Person) => Promise<Page>;
};

type WrongForm = {
  /** The route that answers the form, by its file in app/routes. */
  route: string;
  as: "a visitor" | "a client" | "a coach";
  open: (scene: Scene) => Promise<unknown>;
  /** Types something that cannot be right. */
  fill?: (page: Page) => Promise<unknown>;
  button: string;
  status: 400 | 404 | 409 | 422;
  /** The control beside which the reason stands; left out where it concerns the whole form. */
  field?: (page: Page) => Locator;
  says: RegExp;
  /** Controls by label, and what must still stand in them. */
  keeps?: Record<string, string>;
};

/** YYYY-MM-DD, some days from today. */
function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

const LONG = "It was a good hour, and I would do it again. ".repeat(60);

const FORMS: WrongForm[] = [
  {
    route: "sign-up.tsx",
    as: "a visitor",
    open: ({ page }) => page.goto("/sign-up"),
    fill: async (page) => {
      await page.getByLabel("E-mail").fill("casey at porch");
      await page.getByLabel("Password").fill("four quiet porches 61");
    },
    button: "Create account",
    status: 400,
    field: (page) => page.getByLabel("E-mail"),
    says: /complete e-mail address/,
    keeps: { "E-mail": "casey at porch", Password: "" },
  },
  {
    route: "sign-up.tsx",
    as: "a visitor",
    open: ({ page }) => page.goto("/sign-up"),
    fill: async (page) => {
      await page.getByLabel("E-mail").fill("casey.porch@market.example");
      await page.getByLabel("Password").fill("short");
    },
    button: "Create account",
    status: 422,
    field: (page) => page.getByLabel("Password"),
    says: /8/,
    keeps: { "E-mail": "casey.porch@market.example", Password: "" },
  },
  {
    route: "sign-up_.verify.tsx",
    as: "a visitor",
    open: async ({ page }) => {
      const { email, password } = newAccount();
      await page.goto("/sign-up");
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill(password);
      await page.getByRole("button", { name: "Create account" }).click();
      await page.waitForURL(/verify/);
    },
    fill: (page) => page.getByLabel("Code").fill("12 34"),
    button: "Confirm and continue",
    status: 400,
    field: (page) => page.getByLabel("Code"),
    says: /six digits/,
  },
  {
    route: "sign-in.tsx",
    as: "a visitor",
    open: ({ page }) => page.goto("/sign-in"),
    fill: async (page) => {
      await page.getByLabel("E-mail").fill("casey@");
      await page.getByLabel("Password").fill("four quiet porches 61");
    },
    button: "Sign in",
    status: 400,
    field: (page) => page.getByLabel("E-mail"),
    says: /complete e-mail address/,
    keeps: { "E-mail": "casey@", Password: "" },
  },
  {
    route: "sign-in_.verify.tsx",
    as: "a visitor",
    open: async ({ page }) => {
      const account = newAccount();
      await signUp(page, account);
      // The same person on a device that was never used.
      await page.context().clearCookies();
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill(account.email);
      await page.getByLabel("Password").fill(account.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(/verify/);
    },
    fill: (page) => page.getByLabel("Code").fill("abcdef"),
    button: "Sign in",
    status: 400,
    field: (page) => page.getByLabel("Code"),
    says: /six digits/,
  },
  {
    route: "forgot-password.tsx",
    as: "a visitor",
    open: ({ page }) => page.goto("/forgot-password"),
    fill: (page) => page.getByLabel("E-mail").fill("casey"),
    button: "Send the code",
    status: 400,
    field: (page) => page.getByLabel("E-mail"),
    says: /complete e-mail address/,
    keeps: { "E-mail": "casey" },
  },
  {
    route: "reset-password.tsx",
    as: "a visitor",
    open: async ({ page, client }) => {
      await page.goto("/forgot-password");
      await page.getByLabel("E-mail").fill(client.email);
      await page.getByRole("button", { name: "Send the code" }).click();
      await page.waitForURL(/reset-password/);
    },
    fill: async (page) => {
      await page.getByLabel("Code").fill("1");
      await page.getByLabel("New password").fill("five loud garages 72");
    },
    button: "Save and sign in",
    status: 400,
    field: (page) => page.getByLabel("Code"),
    says: /six digits/,
    keeps: { "New password": "" },
  },
  {
    route: "welcome.tsx",
    as: "a visitor",
    open: ({ page }) => signUp(page, newAccount()),
    fill: async (page) => {
      await page.getByRole("radio", { name: "Real estate agent" }).check();
      await page.getByLabel("Last name").fill("Doorway");
    },
    button: "Save and continue",
    status: 400,
    field: (page) => page.getByLabel("First name"),
    says: /Enter your first name/,
    keeps: { "Last name": "Doorway" },
  },
  {
    route: "settings.tsx",
    as: "a client",
    open: ({ page }) => page.goto("/settings"),
    fill: async (page) => {
      await page.getByLabel("First name").fill("");
      await page.getByLabel(/Brokerage/).fill("Open Door Homes");
    },
    button: "Save changes",
    status: 400,
    field: (page) => page.getByLabel("First name"),
    says: /Enter your first name/,
    keeps: { "First name": "", Brokerage: "Open Door Homes" },
  },
  {
    route: "settings_.notifications.tsx",
    as: "a client",
    open: ({ page }) => page.goto("/settings/notifications"),
    fill: async (page) => {
      await page.getByLabel("By mail: Reviews").selectOption("weekly");
      await page.getByLabel("Quiet from").fill("22:00");
    },
    button: "Save",
    status: 422,
    field: (page) => page.getByLabel("Quiet until"),
    says: /from when and until when it is quiet/,
    keeps: { "By mail: Reviews": "weekly", "Quiet from": "22:00" },
  },
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
    route: "bookings.$bookingId.review.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const bookingId = await bookSession(page, coach);
      await moveBooking(bookingId, -46);
      await runJob("complete_bookings");
      await page.goto(`/bookings/${bookingId}/review`);
    },
    fill: async (page) => {
      await rate(page, 4);
      await page.getByLabel("What should others know?").fill(LONG.trim());
    },
    button: "Send review",
    status: 422,
    field: (page) => page.getByLabel("What should others know?"),
    says: /20 to 2,000 characters/,
    keeps: { "What should others know?": LONG.trim() },
  },
  {
    route: "bookings.$bookingId.reply.tsx",
    as: "a coach",
    open: async ({ page, coach, client, openAs }) => {
      const { bookingId } = await reviewed(await openAs(client), coach);
      await page.goto(`/bookings/${bookingId}/reply`);
    },
    fill: (page) => page.getByLabel("What would you like to answer?").fill(LONG.trim()),
    button: "Publish reply",
    status: 422,
    field: (page) => page.getByLabel("What would you like to answer?"),
    says: /at most 1,000 characters/,
    keeps: { "What would you like to answer?": LONG.trim() },
  },
  {
    route: "reviews.$reviewId.report.tsx",
    as: "a coach",
    open: async ({ page, coach, client, openAs }) => {
      const { reviewId } = await reviewed(await openAs(client), coach);
      await page.goto(`/reviews/${reviewId}/report`);
    },
    fill: (page) => page.getByLabel("What is wrong with it?").fill("Bad."),
    button: "Send report",
    status: 422,
    field: (page) => page.getByLabel("What is wrong with it?"),
    says: /10 to 1,000 characters/,
    keeps: { "What is wrong with it?": "Bad." },
  },
  {
    route: "reviews.$reviewId.report.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const { reviewId } = await reviewed(page, coach);
      await sql`update public.reviews set reply = 'You are a fool.', replied_at = now()
        where id = ${reviewId}`;
      await page.goto(`/reviews/${reviewId}/report?of=reply`);
    },
    fill: (page) => page.getByLabel("What is wrong with it?").fill("Bad."),
    button: "Send report",
    status: 422,
    field: (page) => page.getByLabel("What is wrong with it?"),
    says: /10 to 1,000 characters/,
    keeps: { "What is wrong with it?": "Bad." },
  },
  {
    route: "coaches.$slug.message.tsx",
    as: "a client",
    open: ({ page, coach }) => page.goto(`/coaches/${coach.coach.slug}/message`),
    fill: (page) => page.getByLabel("Your message").fill(LONG.repeat(2).trim()),
    button: "Send message",
    status: 422,
    field: (page) => page.getByLabel("Your message"),
    says: /4,000 characters/,
    keeps: { "Your message": LONG.repeat(2).trim() },
  },
  {
    route: "messages.$conversationId.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      await page.goto(`/coaches/${coach.coach.slug}/message`);
      await page.getByLabel("Your message").fill("Good morning.");
      await page.getByRole("button", { name: "Send message" }).click();
      await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
    },
    fill: (page) => page.getByLabel(/^Message to/).fill(LONG.repeat(2).trim()),
    button: "Send",
    status: 422,
    says: /4,000 characters/,
    keeps: { "Message to": LONG.repeat(2).trim() },
  },
  {
    route: "messages.$conversationId_.report.tsx",
    as: "a coach",
    open: async ({ page, coach, client, openAs }) => {
      const theirs = await openAs(client);
      await theirs.goto(`/coaches/${coach.coach.slug}/message`);
      await theirs.getByLabel("Your message").fill("Good morning.");
      await theirs.getByRole("button", { name: "Send message" }).click();
      await theirs.waitForURL(/\/messages\/[0-9a-f-]{36}/);
      await page.goto(`${new URL(theirs.url()).pathname}/report`);
    },
    fill: (page) => page.getByLabel("What is wrong with it?").fill("Bad."),
    button: "Send report",
    status: 422,
    field: (page) => page.getByLabel("What is wrong with it?"),
    says: /10 to 1,000 characters/,
    keeps: { "What is wrong with it?": "Bad." },
  },
  {
    route: "messages.$conversationId_.change.$messageId._index.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      await page.goto(`/coaches/${coach.coach.slug}/message`);
      await page.getByLabel("Your message").fill("Good morning.");
      await page.getByRole("button", { name: "Send message" }).click();
      await page.getByRole("link", { name: "Change or delete this message" }).click();
    },
    fill: (page) => page.getByLabel("What it says").fill(LONG.repeat(2).trim()),
    button: "Save",
    status: 422,
    field: (page) => page.getByLabel("What it says"),
    says: /4,000 characters/,
    keeps: { "What it says": LONG.repeat(2).trim() },
  },
  {
    route: "coach.calendly._index.tsx",
    as: "a coach",
    open: async ({ page, coach }) => {
      await connectCalendly(page, await createCalendlyAccount("paid"));
      await sql`update public.calendly_event_types set duration_minutes = ${coach.offer.duration_minutes}
        where coach_id = ${coach.coach.id} and name = 'Coaching hour'`;
      await page.reload();
      await page.getByRole("combobox").selectOption({ label: "Coaching hour" });
      await sql`update public.calendly_event_types set is_active = false
        where coach_id = ${coach.coach.id}`;
    },
    fill: (page) => page.getByLabel("Stay open").check(),
    button: "Save",
    status: 422,
    says: /Choose an event type of that length/,
  },
  {
    route: "coach.profile.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/profile"),
    fill: async (page) => {
      await page.getByLabel("Headline").fill("Hi");
      await page.getByLabel("Years in the business").fill("9");
    },
    button: "Save profile",
    status: 422,
    field: (page) => page.getByLabel("Headline"),
    says: /10 to 120 characters/,
    keeps: { Headline: "Hi", "Years in the business": "9" },
  },
  {
    route: "coach.availability._index.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/availability"),
    fill: async (page) => {
      await page.getByLabel("Monday, first block, from").selectOption("10:00");
      await page.getByLabel("Monday, first block, to").selectOption("09:30");
    },
    button: "Save hours",
    status: 422,
    field: (page) => page.getByLabel("Monday, first block, to"),
    says: /On Monday, each block must end after it starts/,
    keeps: { "Monday, first block, from": "10:00", "Monday, first block, to": "09:30" },
  },
  {
    route: "coach.availability.dates._index.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/availability/dates"),
    fill: async (page) => {
      await page.getByLabel("Date").fill(dayFromNow(3));
      await page.getByLabel("From, first block").selectOption("10:00");
      await page.getByLabel("To, first block").selectOption("09:30");
    },
    button: "Save this date",
    status: 422,
    field: (page) => page.getByLabel("From, first block"),
    says: /must end after it starts/,
    keeps: { Date: dayFromNow(3), "From, first block": "10:00", "To, first block": "09:30" },
  },
  {
    route: "coach.availability.away._index.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/availability/away"),
    fill: async (page) => {
      await page.getByLabel("First day").fill(dayFromNow(9));
      await page.getByLabel("Last day").fill(dayFromNow(8));
      await page.getByLabel("Note to clients").fill("On a boat.");
    },
    button: "Save",
    status: 422,
    field: (page) => page.getByLabel("Last day"),
    says: /must end after it starts/,
    keeps: {
      "First day": dayFromNow(9),
      "Last day": dayFromNow(8),
      "Note to clients": "On a boat.",
    },
  },
  {
    route: "coach.availability.travel._index.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/availability/travel"),
    fill: async (page) => {
      await page.getByLabel("First day").fill(dayFromNow(9));
      await page.getByLabel("Last day").fill(dayFromNow(8));
      await page.getByLabel("Time zone there").selectOption("Europe/London");
    },
    button: "Save",
    status: 422,
    field: (page) => page.getByLabel("Last day"),
    says: /must end on the day it starts/,
    keeps: { "First day": dayFromNow(9), "Time zone there": "Europe/London" },
  },
  {
    route: "coach.availability.rules.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/availability/rules"),
    fill: async (page) => {
      await page.getByLabel("How far ahead").selectOption("30");
      await page.getByLabel("Notice").evaluate((select: HTMLSelectElement) => {
        select.add(new Option("A year", "525600", true, true));
      });
    },
    button: "Save",
    status: 422,
    says: /from its list/,
    keeps: { "How far ahead": "30" },
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
  {
    route: "coach.offers.new.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/offers/new"),
    fill: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("One hard question");
      await page.getByLabel("Length").selectOption("20");
      await page.getByLabel("Price in US dollars").fill("a lot");
    },
    button: "Put it on sale",
    status: 400,
    field: (page) => page.getByLabel("Price in US dollars"),
    says: /price in dollars/,
    keeps: { Length: "20", "Price in US dollars": "a lot" },
  },
  {
    route: "coach.offers.new-intro-call.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/offers/new-intro-call"),
    fill: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("Hi");
      await page.getByLabel("Length").selectOption("30");
    },
    button: "Offer it",
    status: 422,
    field: (page) => page.getByLabel("Name", { exact: true }),
    says: /3 to 80 characters/,
    keeps: { Name: "Hi", Length: "30" },
  },
  {
    route: "coach.offers.new-group-session.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/offers/new-group-session"),
    fill: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("Pricing clinic");
      await page.getByLabel("Price of a seat").fill("40");
      await page.getByLabel("Seats").fill("a dozen");
    },
    button: "Put it on sale",
    status: 400,
    field: (page) => page.getByLabel("Seats"),
    says: /number of seats/,
    keeps: { Name: "Pricing clinic", "Price of a seat": "40", Seats: "a dozen" },
  },
  {
    route: "coach.offers.new-package.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/offers/new-package"),
    fill: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("Six rehearsals");
      await page.getByLabel("Price of one session").fill("90");
      await page.getByLabel("Sessions").fill("half a dozen");
    },
    button: "Put it on sale",
    status: 400,
    field: (page) => page.getByLabel("Sessions"),
    says: /number of sessions/,
    keeps: { Name: "Six rehearsals", "Price of one session": "90", Sessions: "half a dozen" },
  },
  {
    route: "coach.answers._index.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/answers"),
    fill: async (page) => {
      await page
        .getByLabel("Title")
        .fill("What to bring to the first hour, and what to leave at home for it");
      await page.getByLabel("Answer", { exact: true }).fill("Bring the letter.");
    },
    button: "Save answer",
    status: 422,
    field: (page) => page.getByLabel("Title"),
    says: /up to 60 characters/,
    keeps: { Title: "What to bring to the first hour, and what to leave at home for it" },
  },
  {
    route: "coach.answers.$answerId._index.tsx",
    as: "a coach",
    open: async ({ page }) => {
      await saveAnswer(page, "What to bring", "Bring the letter.");
      await page.getByRole("link", { name: "Change What to bring" }).click();
    },
    fill: (page) => page.getByLabel("Answer", { exact: true }).fill(LONG.repeat(2).trim()),
    button: "Save answer",
    status: 422,
    field: (page) => page.getByLabel("Answer", { exact: true }),
    says: /4,000 characters/,
    keeps: { Title: "What to bring" },
  },
  {
    route: "coach.coupons._index.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/coupons"),
    fill: async (page) => {
      await page.getByLabel("Code").fill("spring");
      await page.getByLabel("Takes off").fill("a lot");
      await page.getByLabel("Uses in all").fill("5");
    },
    button: "Make the coupon",
    status: 400,
    field: (page) => page.getByLabel("Takes off"),
    says: /such as 10%/,
    keeps: { Code: "spring", "Takes off": "a lot", "Uses in all": "5" },
  },
  {
    route: "coaches.$slug.packages.$offerId.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      await page.goto(`/coaches/${coach.coach.slug}/packages/${await createPackage(coach)}`);
    },
    fill: (page) => page.getByLabel("Coupon code").fill("never-was"),
    button: "Buy this package",
    status: 422,
    field: (page) => page.getByLabel("Coupon code"),
    says: /do not know this code/,
    keeps: { "Coupon code": "never-was" },
  },
  {
    route: "coaches.$slug.packages.$offerId.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      await page.goto(`/coaches/${coach.coach.slug}/packages/${await createPackageInParts(coach)}`);
    },
    async fill(page) {
      await page.getByLabel(/^3 monthly payments/).check();
      await page.getByLabel("Coupon code").fill("spring");
    },
    button: "Buy this package",
    status: 422,
    field: (page) => page.getByLabel(/^Only for monthly payments/),
    says: /Tick the box/,
    keeps: { "Coupon code": "spring" },
  },
  {
    route: "coach.packages.$orderId.end.tsx",
    as: "a coach",
    open: async ({ page, coach, client, openAs }) => {
      const offerId = await createPackage(coach);
      const orderId = await buyPackage(await openAs(client), coach, offerId);
      await page.goto(`/coach/packages/${orderId}/end`);
    },
    fill: (page) => page.getByLabel(/^A word to/).fill(LONG.trim()),
    button: "End the package",
    status: 400,
    field: (page) => page.getByLabel(/^A word to/),
    says: /at most 500 characters/,
    keeps: { "A word to": LONG.trim() },
  },
  {
    route: "packages.$orderId.book.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const orderId = await buyPackage(page, coach, await createPackage(coach));
      await page.goto(`/packages/${orderId}/book`);
    },
    fill: (page) => page.getByLabel(/What should/).fill("The seller is difficult."),
    button: "Book this time",
    status: 400,
    says: /Choose a time/,
    keeps: { "What should": "The seller is difficult." },
  },
  {
    route: "coach.offers.new-membership.tsx",
    as: "a coach",
    open: ({ page }) => page.goto("/coach/offers/new-membership"),
    fill: async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("Steady work");
      await page.getByLabel("Price in US dollars").fill("280");
      await page.getByLabel("Sessions a month").fill("40");
    },
    button: "Put it on sale",
    status: 422,
    field: (page) => page.getByLabel("Sessions a month"),
    says: /1 to 20 sessions a month/,
    keeps: { Name: "Steady work", "Price in US dollars": "280", "Sessions a month": "40" },
  },
  {
    route: "coach.offers.$offerId.membership.tsx",
    as: "a coach",
    open: async ({ page, coach }) => {
      const { id } = await createMembershipOffer(coach);
      await page.goto(`/coach/offers/${id}/membership`);
    },
    fill: (page) => page.getByLabel("Days to try it").fill("90"),
    button: "Save membership",
    status: 422,
    field: (page) => page.getByLabel("Days to try it"),
    says: /1 to 30 days/,
    keeps: { "Days to try it": "90", Name: "Two sessions a month" },
  },
  {
    route: "coaches.$slug.memberships.$offerId.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const { id } = await createMembershipOffer(coach);
      await page.goto(`/coaches/${coach.coach.slug}/memberships/${id}`);
    },
    button: "Go on to pay",
    status: 422,
    field: (page) => page.getByRole("checkbox"),
    says: /Tick the box/,
  },
  {
    route: "memberships.$membershipId.plan.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const { id } = await createMembershipOffer(coach);
      await createMembershipOffer(coach, { title: "Four sessions a month" });
      await subscribe(page, coach, id);
      await page.getByRole("link", { name: "Change plan" }).click();
      await expect(page.getByRole("checkbox")).toBeVisible();
    },
    button: "Change to “Four sessions a month”",
    status: 422,
    field: (page) => page.getByRole("checkbox"),
    says: /Tick the box/,
  },
  {
    route: "coach.offers.$offerId.dates.tsx",
    as: "a coach",
    open: async ({ page, coach }) => {
      const { offerId } = await createGroupSession(coach);
      await page.goto(`/coach/offers/${offerId}/dates`);
    },
    fill: async (page) => {
      await page.getByLabel("Date").fill("2020-02-29");
      await page.getByLabel("Starts at").selectOption("16:30");
    },
    button: "Schedule this date",
    status: 422,
    field: (page) => page.getByLabel("Date"),
    says: /still to come/,
    keeps: { Date: "2020-02-29", "Starts at": "16:30" },
  },
  {
    route: "coach.dates.$dateId.call-off.tsx",
    as: "a coach",
    open: async ({ page, coach }) => {
      const { dateId } = await createGroupSession(coach);
      await page.goto(`/coach/dates/${dateId}/call-off`);
    },
    fill: (page) => page.getByLabel(/^A word to/).fill(LONG.trim()),
    button: "Call it off",
    status: 400,
    field: (page) => page.getByLabel(/^A word to/),
    says: /at most 500 characters/,
    keeps: { "A word to": LONG.trim() },
  },
  {
    route: "coaches.$slug.dates.$offerId.tsx",
    as: "a client",
    open: async ({ page, coach }) => {
      const { offerId } = await createGroupSession(coach);
      await page.goto(`/coaches/${coach.coach.slug}/dates/${offerId}`);
    },
    fill: async (page) => {
      await page.getByLabel(/^What should .* know/).fill("Twelve showings, no offer.");
      const date = page.getByRole("radio").first();
      await date.check({ force: true }); // the label in front of it takes the click
      await date.evaluate((radio: HTMLInputElement) => {
        radio.value = crypto.randomUUID();
      });
    },
    button: "Hold this seat",
    status: 404,
    says: /no such date/,
    keeps: { "What should": "Twelve showings, no offer." },
  },
  {
    route: "coach.offers.$offerId._index.tsx",
    as: "a coach",
    open: ({ page, coach }) => page.goto(`/coach/offers/${coach.offer.id}`),
    fill: (page) => page.getByLabel("Price in US dollars").fill("9999"),
    button: "Save offer",
    status: 422,
    field: (page) => page.getByLabel("Price in US dollars"),
    says: /\$5 to \$5,000/,
    keeps: { "Price in US dollars": "9999" },
  },
];

/** A button or a list and nothing to type, or called by our own script. */
const NOTHING_TO_TYPE = [
  "booked-at-calendly.$id.tsx",
  "bookings.$bookingId.name.ts",
  "bookings.$bookingId.sooner.tsx",
  "bookings.$bookingId.checkout.tsx",
  "bookings.$bookingId.fee.tsx",
  "bookings.$bookingId.recording.agree.ts",
  "bookings.$bookingId.recording.revoke.ts",
  "bookings.$bookingId.release.ts",
  "bookings.$bookingId.withdraw.ts",
  "coach.apply.ts",
  "coach.calendly.connect.ts",
  "coach.calendly.disconnect.tsx",
  "coach.earnings.payouts._index.tsx",
  "coach.earnings.payouts.dashboard.ts",
  "coach.availability.away.$id.remove.ts",
  "coach.availability.dates.$day.remove.ts",
  "coach.availability.travel.$id.remove.ts",
  "coach.offers.$offerId.archive.tsx",
  "memberships.$membershipId.cancel.ts",
  "memberships.$membershipId.keep.ts",
  "memberships.$membershipId.pause.ts",
  "memberships.$membershipId.resume.ts",
  "coach.answers.$answerId.delete.ts",
  "coach.coupons.$couponId.end.ts",
  "notifications._index.tsx",
  "messages.$conversationId_.block.ts",
  "messages.$conversationId_.change.$messageId.delete.ts",
  "messages.$conversationId_.unblock.ts",
  "orders.$orderId.checkout.tsx",
  "packages.$orderId.stop.ts",
  "reset-password_.resend.tsx",
  "resources.messages.$conversationId.ts",
  "settings_.billing_.portal.ts",
  "settings_.calendar.tsx",
  "settings_.mails.confirm.ts",
  "sign-in_.google.ts",
  "sign-in_.resend.tsx",
  "sign-out.tsx",
  "sign-up_.resend.tsx",
  "theme.ts",
  "time-zone.ts",
  "unsubscribe.$token.tsx",
];

for (const form of FORMS) {
  test(`${form.route} refuses what ${form.as} typed wrongly: ${form.says.source}`, async ({
    coach,
    client,
    openAs,
    page: visitor,
  }) => {
    const person = { "a client": client, "a coach": coach, "a visitor": null }[form.as];
    const page = person ? await openAs(person) : visitor;
    await form.open({ coach, client, page, openAs });
    await withoutConstraints(page);
    await form.fill?.(page);

    const send = page.getByRole("button", { name: form.button, exact: true });
    if (form.field) {
      await expectRefusal(page, () => send.click(), form.status, form.field(page), form.says);
    } else {
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await send.click();
      expect((await answered).status()).toBe(form.status);
      await expect(page.getByRole("alert").first()).toHaveText(form.says);
    }
    for (const [label, value] of Object.entries(form.keeps ?? {})) {
      await expect(page.getByLabel(label).first(), label).toHaveValue(value);
    }
  });
}

test("no form is left out", () => {
  const routes = join(ROOT, "app/routes");
  const withAction = readdirSync(routes).filter((file) =>
    /export (async )?function action/.test(readFileSync(join(routes, file), "utf8")),
  );
  const tried = new Set(FORMS.map(({ route }) => route));
  expect(withAction.sort()).toEqual([...tried, ...NOTHING_TO_TYPE].sort());
});
