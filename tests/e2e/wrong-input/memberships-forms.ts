import { createMembershipOffer, subscribe } from "../support/memberships.ts";
import { expect } from "../support/test.ts";
import { type WrongForm } from "./wrong-form.ts";

export const MEMBERSHIP_FORMS: WrongForm[] = [
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
];
