import { type WrongForm } from "./wrong-form.ts";

export const OFFER_FORMS: WrongForm[] = [
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
