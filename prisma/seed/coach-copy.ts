import type { OfferKey } from "./offer-copy.ts";

/** When a coach works, as coaches say it. The hours behind each are in weeks.ts. */
export type WeekName =
  | "mornings"
  | "afternoons"
  | "split days"
  | "evenings"
  | "office hours"
  | "early"
  | "weekends"
  | "three days";

/** What a coach of the demo market wrote about themselves, and how they set up their practice. */
export type CoachCopy = {
  firstName: string;
  lastName: string;
  /** What they are besides a coach. */
  kind: "realtor" | "loan_officer" | "coach";
  company: string;
  headline: string;
  /** Paragraphs. */
  bio: string[];
  /** The first is home. */
  states: string[];
  /** One to five slugs of the reference data, the strongest first. */
  specialties: string[];
  languages?: string[];
  yearsInBusiness: number;
  timeZone: string;
  week: WeekName;
  /** What they sell, and for how many dollars. */
  offers: Partial<Record<OfferKey, number>>;
  /** How well known they are here: sets how many sessions they have held. 0 is new. */
  renown: 0 | 1 | 2 | 3;
};
