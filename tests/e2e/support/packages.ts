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

/**
 * The same of six hours that can be paid in three parts of $160.
 * @returns the offer's id
 */
export async function createPackageInParts({ coach }: Coach): Promise<string> {
  const [made] = await sql<{ id: string }[]>`
    insert into public.offers (
      coach_id, kind, title, description, duration_minutes, price_cents, session_count, valid_months, instalments
    )
    values (
      ${coach.id}, 'package', 'Six rehearsals', 'One before each appointment.', 60, 48000, 6, 6, 3
    )
    returning id
  `;
  if (!made) throw new Error("No package was made.");
  return made.id;
}

/** Days pass for a package that is paid in parts, named by its first order: what is paid and due lies further back. */
export async function letDaysPass(orderId: string, days: number): Promise<void> {
  const span = `${days} days`;
  await sql`
    with parts as (
      update public.orders as part
      set due_at = part.due_at - ${span}::interval, paid_at = part.paid_at - ${span}::interval,
        credits_end_at = part.credits_end_at - ${span}::interval
      from public.orders as first
      where first.id = ${orderId} and part.plan_id = first.plan_id
      returning part.id
    )
    update private.card_charges set created_at = created_at - ${span}::interval
    where order_id in (select id from parts)
  `;
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

/** Buys a package in parts, and pays the first; ends on the page of what is left of it. Returns the first order's id. */
export async function buyInParts(page: Page, coach: Coach, offerId: string): Promise<string> {
  await page.goto(`/coaches/${coach.coach.slug}/packages/${offerId}`);
  await page.getByLabel(/monthly payments of \$/).check();
  await page.getByLabel(/^Only for monthly payments/).check();
  await page.getByRole("button", { name: "Buy this package" }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}\/checkout$/);
  const orderId = /\/orders\/([0-9a-f-]{36})/.exec(page.url())![1]!;
  await pay(page);
  await expect(page.getByText("Your package is paid for.")).toBeVisible({ timeout: 20_000 });
  return orderId;
}
