import { createGroupSession } from "../support/groups.ts";
import { LONG, type WrongForm } from "./wrong-form.ts";

export const GROUP_FORMS: WrongForm[] = [
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
];
