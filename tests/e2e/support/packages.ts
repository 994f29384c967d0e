import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

import { sql } from "./database.ts";
import type { Coach } from "./people.ts";
import { pay } from "./steps.ts";

/**
 * Puts a package of a coach on sale: four hours, $80 each.
 * @returns the offer's id
 */
export async function createPackage({ coach }: Coach, isInstant = true): Promise<string> {
  const [made] = await sql<{ id: string }[]>`
    insert into public.offers (
      coach_id, kind, title, description, duration_minutes, price_cents, session_count, valid_months, is_instant
    )
    values (
      ${coach.id}, 'package', 'Four rehearsals', 'One before each appointment.', 60, 32000, 4, 6, ${isInstant}
    )
    returning id
  `;
  if (!made) throw new Error("No package was made.");
  return made.id;
}

/** Buys a package, up to the page on which it is paid. Returns the order's id. */
export async function orderPackage(page: Page, coach: Coach, offerId: string): Promise<string> {
  await page.goto(`/coaches/${coach.coach.slug}/packages/${offerId}`);
  await page.getByRole("button", { name: "Buy this package" }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}\/checkout$/);
  return /\/orders\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

/** Buys and pays for one; ends on the page of what is left of it. */
export async function buyPackage(page: Page, coach: Coach, offerId: string): Promise<string> {
  const orderId = await orderPackage(page, coach, offerId);
  await pay(page);
  await expect(page.getByText("Your package is paid for.")).toBeVisible({ timeout: 20_000 });
  return orderId;
}
