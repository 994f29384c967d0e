import { moveBooking, runJob, sql } from "../support/database.ts";
import { reviewed } from "../support/reviewed.ts";
import { bookSession, rate } from "../support/steps.ts";
import { LONG, type WrongForm } from "./wrong-form.ts";

export const REVIEW_FORMS: WrongForm[] = [
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
];
