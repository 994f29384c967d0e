import { expect, type Page } from "@playwright/test";

import { runJob, sql } from "./database.ts";
import type { Coach } from "./people.ts";
import { admin, stackValue } from "./stack.ts";

/** An account at Calendly that nobody else uses. */
export type CalendlyAccount = {
  person: { uuid: string; name: string; slug: string };
  eventTypes: { uuid: string; name: string; slug: string; minutes: number }[];
};

/** Makes an account at Calendly, with an hour that can be booked and, if it is paid, half an hour. */
export async function createCalendlyAccount(plan: "free" | "paid"): Promise<CalendlyAccount> {
  const name = `Robin ${Math.random().toString(36).slice(2, 10)}`;
  return admin<CalendlyAccount>("CALENDLY", "people", { name, plan, timezone: "Etc/UTC" });
}

/** Walks a signed-in coach to Calendly's consent page. */
export async function openConsent(page: Page): Promise<void> {
  await page.goto("/coach/calendly");
  await page.getByRole("button", { name: "Connect with Calendly" }).click();
  await expect(page.getByRole("heading", { name: "Connect with Calendly" })).toBeVisible();
}

/** Connects an account and waits until its calendar was read. */
export async function connectCalendly(page: Page, { person }: CalendlyAccount): Promise<void> {
  await openConsent(page);
  await page.getByLabel(person.name).check();
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page.getByText("Your Calendly account is connected.")).toBeVisible();
  await expect(async () => {
    await runJob("dispatch_outbox");
    await page.reload();
    await expect(page.getByText("Last read on")).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

/** Has a coach's calendar read again, now, and waits for it. */
export async function readCalendar(coachId: string): Promise<void> {
  const before = await lastRead(coachId);
  await sql`select private.enqueue_calendly_sync(${coachId}, gen_random_uuid()::text)`;
  await expect(async () => {
    await runJob("dispatch_outbox");
    expect(await lastRead(coachId)).not.toEqual(before);
  }).toPass({ timeout: 20_000 });
}

async function lastRead(coachId: string): Promise<Date | null | undefined> {
  const [row] = await sql<{ last_ok_at: Date | null }[]>`
    select last_ok_at from private.calendly_connections where coach_id = ${coachId}
  `;
  return row?.last_ok_at;
}

/** Changes an account at Calendly, such as when its other calendars are busy. */
export async function changeAccount(
  { person }: CalendlyAccount,
  changes: {
    externalBusy?: { start: string; end: string }[];
    hours?: { days: number[]; from: string; to: string };
  },
): Promise<void> {
  const response = await fetch(`${stackValue("CALENDLY_URL")}/__admin/people/${person.uuid}`, {
    method: "PATCH",
    body: JSON.stringify(changes),
  });
  expect(response.status).toBe(200);
}

/**
 * A coach says, on their page, what becomes of what is booked at Calendly, and as what their offer
 * is booked there: an hour.
 * @param page of the coach, whose account is connected
 * @param intake the label of what they choose
 */
export async function chooseIntake(page: Page, { offer }: Coach, intake: string): Promise<void> {
  await sql`update public.offers set duration_minutes = 60 where id = ${offer.id}`;
  await page.goto("/coach/calendly");
  await page.getByLabel(offer.title).selectOption({ label: "Coaching hour" });
  await page.getByLabel(intake).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

/** Somebody books an account's hour at Calendly: a whole hour, four days from now. */
export async function bookAtCalendly(
  { eventTypes }: CalendlyAccount,
  guest: { name: string; email: string },
): Promise<void> {
  const hours = Math.ceil(Date.now() / 3_600_000) + 96;
  await admin("CALENDLY", "bookings", {
    eventType: eventTypes[0]?.uuid,
    start: new Date(hours * 3_600_000).toISOString(),
    ...guest,
  });
}
