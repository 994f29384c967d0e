import type { CoachCopy } from "./coach-copy.ts";
import { BUYER_COACHES } from "./coaches/buyers.ts";
import { GROWTH_COACHES } from "./coaches/growth.ts";
import { LENDING_COACHES } from "./coaches/lending.ts";
import { LISTING_COACHES } from "./coaches/listings.ts";
import { PRACTICE_COACHES } from "./coaches/practice.ts";

/** Everyone who can be found. */
export const COACHES: CoachCopy[] = [
  ...LISTING_COACHES,
  ...BUYER_COACHES,
  ...GROWTH_COACHES,
  ...PRACTICE_COACHES,
  ...LENDING_COACHES,
];

/** Has applied and waits: approve him in Studio. */
export const APPLICANT: CoachCopy = {
  firstName: "Theo",
  lastName: "Brandwick",
  kind: "realtor",
  company: "Porchlight & Pine",
  headline: "Inherited houses: from the first phone call to the empty key hook",
  bio: [
    "My grandfather cleared out houses and I sell them. In between are siblings, a lawyer and a piano nobody wants.",
    "I would like to help agents who get that first phone call and do not know whether to talk about price or grief. (Neither. You ask who has the keys.)",
  ],
  states: ["NC", "TN"],
  specialties: ["listing-presentations", "pricing-conversations"],
  yearsInBusiness: 11,
  timeZone: "America/New_York",
  week: "split days",
  offers: { "listing rehearsal": 85, "pricing method": 95 },
  renown: 0,
};
