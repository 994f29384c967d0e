import { expect, type Page } from "@playwright/test";

import { sql } from "./database.ts";
import type { Coach } from "./people.ts";
import { fillCard } from "./steps.ts";

/** A membership that a coach has on sale: two sessions a month for $280, unless it is told otherwise. */
export async function createMembershipOffer(
  { coach }: Coach,
  overrides: { title?: string; price_cents?: number; trial_days?: number } = {},
): Promise<{ id: string; title: string }> {
  const row = {
    coach_id: coach.id,
    kind: "membership",
    title: "Two sessions a month",
    duration_minutes: 60,
    price_cents: 28_000,
    billing_interval: "month",
    sessions_a_month: 2,
    trial_days: 0,
    ...overrides,
  };
  const [offer] = await sql<{ id: string; title: string }[]>`
    insert into public.offers ${sql(row)} returning id, title
  `;
  return offer!;
}

/** Agrees to the renewal on the page of a membership, and goes on to pay. */
export async function agree(page: Page, coach: Coach, offerId: string): Promise<void> {
  await page.goto(`/coaches/${coach.coach.slug}/memberships/${offerId}`);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Go on to pay" }).click();
  await expect(page.getByLabel("Card number")).toBeVisible();
}

/**
 * Subscribes to a coach.
 * @returns the membership's id; the page shows it
 */
export async function subscribe(page: Page, coach: Coach, offerId: string): Promise<string> {
  await agree(page, coach, offerId);
  await fillCard(page, "4242 4242 4242 4242", /^(Subscribe|Start trial)/);
  await expect(page).toHaveURL(/\/memberships\/[0-9a-f-]{36}$/, { timeout: 20_000 });
  await expect(page.getByText("You’re a member.")).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
