import type { Factories, Row } from "../../tests/factories.ts";
import { startOn } from "./calendar.ts";
import type { Diary } from "./diary.ts";
import type { OfferKey } from "./offer-copy.ts";
import { OFFERS } from "./offer-copy.ts";
import type { PricedOffer, Practice } from "./practices.ts";

/** What became of a session: upcoming ones are confirmed. */
export type Outcome = "completed" | "confirmed" | "client cancelled" | "coach cancelled";

/** A session of the market, before it becomes rows. */
export type Appointment = {
  practice: Practice;
  client: Row<"profiles">;
  offer: PricedOffer;
  startsAt: Date;
  hostId: string;
  outcome: Outcome;
  /** Left out: by chance. */
  isReviewed?: boolean;
};

/** How many sessions a coach has held, by renown. */
const SESSIONS_HELD = [
  { min: 0, max: 0 },
  { min: 2, max: 6 },
  { min: 8, max: 15 },
  { min: 17, max: 26 },
] as const;

/** A share of what was booked is cancelled. */
const CANCELLED_SHARE = 0.06;

type Wish = {
  practice: Practice;
  client: Row<"profiles">;
  /** Left out: any of the coach's. */
  offer?: OfferKey;
  /** From today; negative for the past. The nearest possible day further away is taken. */
  days: number;
  outcome: Outcome;
  isReviewed?: boolean;
};

/**
 * Finds a time for a session on or after the wished day (before it, in the past).
 * @returns null when there is none within two weeks of it
 */
export function makeAppointment(
  factories: Factories,
  diary: Diary,
  { practice, client, offer: key, days, outcome, isReviewed }: Wish,
): Appointment | null {
  const { faker, now } = factories;
  const offer = key
    ? practice.offers.find(({ copy }) => copy === OFFERS[key])
    : faker.helpers.arrayElement(practice.offers);
  if (!offer) throw new Error(`${practice.coach.display_name} does not offer "${key}".`);

  const step = days < 0 ? -1 : 1;
  const choice = faker.number.int(20);
  for (let offset = 0; offset < 14; offset += 1) {
    const day = days + offset * step;
    const startsAt = startOn(practice.copy, now, day, choice + offset, offer.copy.minutes);
    if (!startsAt) continue;

    const endsAt = new Date(startsAt.getTime() + offer.copy.minutes * 60_000);
    const session = { coachId: practice.coach.id, clientId: client.id, startsAt, endsAt };
    const hostId = diary.enter(session);
    if (hostId) return { practice, client, offer, startsAt, hostId, outcome, isReviewed };
  }
  return null;
}

/** The sessions that a coach's clients had with them since they were listed. */
export function makeHistory(
  factories: Factories,
  diary: Diary,
  practice: Practice,
  clients: Row<"profiles">[],
): Appointment[] {
  const { faker } = factories;
  const count = faker.number.int(SESSIONS_HELD[practice.copy.renown]);
  // People come back: fewer clients than sessions.
  const regulars = faker.helpers.arrayElements(clients, Math.ceil(count * 0.6));

  return Array.from({ length: count }, () =>
    makeAppointment(factories, diary, {
      practice,
      client: faker.helpers.arrayElement(regulars),
      days: -faker.number.int({ min: 2, max: Math.max(3, practice.listedDays - 25) }),
      outcome: faker.datatype.boolean(CANCELLED_SHARE) ? "client cancelled" : "completed",
    }),
  ).filter((appointment) => appointment !== null);
}
