import { buyPackage, createPackage, createPackageInParts } from "../support/packages.ts";
import { LONG, type WrongForm } from "./wrong-form.ts";

export const PACKAGE_FORMS: WrongForm[] = [
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
];
