import type { Factories, Row } from "../../tests/factories.ts";
import type { CoachCopy } from "./coach-copy.ts";
import { OFFERS, type OfferCopy, type OfferKey } from "./offer-copy.ts";
import { WEEKS } from "./weeks.ts";

/** What somebody sells, and what it is about. */
export type PricedOffer = { row: Row<"offers">; copy: OfferCopy };

/** A coach with everything that is theirs from the start. */
export type Practice = {
  copy: CoachCopy;
  person: Row<"profiles">;
  coach: Row<"coaches">;
  offers: PricedOffer[];
  hours: Row<"weekly_hours">[];
  settings: Row<"availability_settings">;
  /** For how many days they have been listed. */
  listedDays: number;
};

/** Days since the approval, by renown: the well known have been here longest. */
const LISTED_DAYS = [
  { min: 4, max: 12 },
  { min: 60, max: 120 },
  { min: 150, max: 240 },
  { min: 240, max: 360 },
] as const;

/** Turns what a coach wrote into rows; listed at once. */
export function createPractice(
  factories: Factories,
  copy: CoachCopy,
  cancellationPolicyId: string,
): Practice {
  const { faker, daysFromNow } = factories;
  const listedDays = faker.number.int(LISTED_DAYS[copy.renown]);
  const joined = daysFromNow(-listedDays - 9);

  const person = factories.profile({
    clerk_user_id: `user_demo_${copy.firstName}_${copy.lastName}`.toLowerCase().replace("-", "_"),
    kind: copy.kind,
    first_name: copy.firstName,
    last_name: copy.lastName,
    company: copy.company,
    home_state: copy.states[0],
    time_zone: copy.timeZone,
    onboarded_at: joined,
    created_at: joined,
  });
  const coach = factories.coach(person, {
    headline: copy.headline,
    bio: copy.bio.join("\n\n"),
    states: copy.states,
    specialties: copy.specialties,
    languages: copy.languages ?? ["en"],
    years_in_business: copy.yearsInBusiness,
    applied_at: daysFromNow(-listedDays - 5),
    approved_at: daysFromNow(-listedDays),
    cancellation_policy_id: cancellationPolicyId,
  });

  return {
    copy,
    person,
    coach,
    listedDays,
    offers: Object.entries(copy.offers).map(([key, dollars]) =>
      priceOffer(factories, coach, OFFERS[key as OfferKey], dollars),
    ),
    hours: WEEKS[copy.week].map((block) => ({
      id: faker.string.uuid(),
      coach_id: coach.id,
      weekday: block.weekday,
      starts_at: block.startsAt,
      ends_at: block.endsAt,
    })),
    settings: {
      coach_id: coach.id,
      minimum_notice_minutes: faker.helpers.arrayElement([120, 240, 720]),
      slot_step_minutes: 30,
      horizon_days: faker.helpers.arrayElement([30, 60, 60, 90]),
      buffer_before_minutes: 0,
      buffer_after_minutes: 0,
      max_sessions_per_day: null,
      max_sessions_per_week: null,
    },
  };
}

function priceOffer(
  factories: Factories,
  coach: Row<"coaches">,
  copy: OfferCopy,
  dollars: number,
): PricedOffer {
  const row = factories.offer(coach, {
    title: copy.title,
    description: copy.description,
    duration_minutes: copy.minutes,
    price_cents: dollars * 100,
  });
  return { row, copy };
}
