import { connectCalendly, createCalendlyAccount } from "../support/calendly.ts";
import { sql } from "../support/database.ts";
import { dayFromNow, type WrongForm } from "./wrong-form.ts";

export const PRACTICE_FORMS: WrongForm[] = [
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
];
