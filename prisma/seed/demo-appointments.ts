import type { Factories, Row } from "../../tests/factories.ts";
import { makeAppointment, type Appointment, type Outcome } from "./appointments.ts";
import type { Diary } from "./diary.ts";
import type { OfferKey } from "./offer-copy.ts";
import type { Practice } from "./practices.ts";

type Line = readonly [
  coachFirstName: string,
  offer: OfferKey,
  days: number,
  outcome: Outcome,
  isReviewed?: boolean,
];

const DANA: readonly Line[] = [
  ["Maria", "offer review", 3, "confirmed"],
  ["Judith", "week design", 8, "confirmed"],
  ["Maria", "listing rehearsal", -2, "completed", false], // still to be reviewed
  ["Cal", "pricing method", -12, "client cancelled"],
  ["Maria", "price reduction", -20, "completed", false], // too late for a review
  ["Maria", "listing rehearsal", -41, "completed", true],
  ["Rosalind", "farm plan", -63, "completed", true],
];

const MARCUS: readonly Line[] = [
  ["Grant", "lock strategy", 2, "confirmed"],
  ["Latrice", "pipeline review", -3, "completed", false], // still to be reviewed
  ["Meredith", "partner meeting", -17, "coach cancelled"],
  ["Grant", "rate call", -33, "completed", true],
];

/** Other clients of Maria, who make her calendar a full one. */
const MARIA: readonly Line[] = [
  ["Maria", "listing rehearsal", 1, "confirmed"],
  ["Maria", "pricing method", 2, "confirmed"],
  ["Maria", "price reduction", 6, "confirmed"],
  ["Maria", "listing rehearsal", 9, "confirmed"],
];

/** Coaches with somebody coming, so that not every time of theirs is free. */
const OTHERS: readonly Line[] = [
  ["Odette", "luxury listing", 4, "confirmed"],
  ["Priyanka", "buyer consultation", 2, "confirmed"],
  ["Gus", "business plan", 5, "confirmed"],
  ["Thuy", "sphere plan", 7, "confirmed"],
];

/**
 * What the people one can sign in as have behind and before them.
 * @throws if one of these sessions finds no time
 */
export function makeDemoAppointments(
  factories: Factories,
  diary: Diary,
  practices: Practice[],
  people: { dana: Row<"profiles">; marcus: Row<"profiles">; agents: Row<"profiles">[] },
): Appointment[] {
  const guests = factories.faker.helpers.shuffle([...people.agents]);

  function make(client: Row<"profiles">, [coach, offer, days, outcome, isReviewed]: Line) {
    const practice = practices.find(({ copy }) => copy.firstName === coach);
    if (!practice) throw new Error(`There is no coach called ${coach}.`);

    const wish = { practice, client, offer, days, outcome, isReviewed };
    const appointment = makeAppointment(factories, diary, wish);
    if (!appointment) throw new Error(`No time for ${client.first_name} with ${coach}.`);
    return appointment;
  }

  return [
    ...DANA.map((line) => make(people.dana, line)),
    ...MARCUS.map((line) => make(people.marcus, line)),
    ...[...MARIA, ...OTHERS].map((line, index) => make(guests[index]!, line)),
  ];
}
