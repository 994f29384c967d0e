import { Temporal } from "temporal-polyfill";

import type { Factories, Row } from "../../tests/factories.ts";
import type { Practice } from "./practices.ts";
import { createSessionRows, type SessionRows, type Terms } from "./session-rows.ts";

/** A group session with its dates to come, and who has a seat. */
export type GroupSession = {
  offer: Row<"offers">;
  dates: Row<"group_dates">[];
  seats: SessionRows[];
};

const COPY = {
  title: "Objection night: eight agents, one room",
  minutes: 60,
  description:
    "Everybody brings the sentence that stopped them this month. We answer each one three ways, out loud, and vote. Cameras on, listings off.",
};
const DOLLARS = 35;
const SEATS = 8;
const THURSDAY = 4;

/**
 * A group session of one coach, after their hours on the next two Thursdays but one. Some clients
 * have a seat at the first.
 */
export function createGroupSession(
  factories: Factories,
  practice: Practice,
  clients: Row<"profiles">[],
  terms: Terms,
): GroupSession {
  const { coach } = practice;
  const offer = factories.offer(coach, {
    kind: "group_session",
    title: COPY.title,
    description: COPY.description,
    duration_minutes: COPY.minutes,
    price_cents: DOLLARS * 100,
    seats: SEATS,
  });
  const dates = [0, 1].map((week) => createDate(factories, practice, offer, week));
  const seats = factories.faker.helpers
    .arrayElements(clients, 3)
    .map((client) => takeSeat(factories, practice, { offer, client, date: dates[0]! }, terms));
  return { offer, dates, seats };
}

function createDate(
  { faker, now }: Factories,
  { copy, coach }: Practice,
  offer: Row<"offers">,
  week: number,
): Row<"group_dates"> {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(copy.timeZone)
    .toPlainDate();
  const toThursday = (THURSDAY - today.dayOfWeek + 7) % 7;
  const startsAt = today
    .add({ days: toThursday + 7 * (week + 1) })
    .toZonedDateTime({ timeZone: copy.timeZone, plainTime: "18:00" });
  return {
    id: faker.string.uuid(),
    offer_id: offer.id,
    coach_id: coach.id,
    starts_at: instant(startsAt),
    ends_at: instant(startsAt.add({ minutes: COPY.minutes })),
    seats: SEATS,
    called_off_at: null,
    call_off_reason: "",
    created_at: now.toISOString(),
  };
}

function takeSeat(
  factories: Factories,
  practice: Practice,
  seat: { offer: Row<"offers">; client: Row<"profiles">; date: Row<"group_dates"> },
  terms: Terms,
): SessionRows {
  const rows = createSessionRows(
    factories,
    {
      practice,
      client: seat.client,
      offer: { row: seat.offer, copy: { about: "negotiation", ...COPY } },
      startsAt: new Date(seat.date.starts_at),
      hostId: "",
      outcome: "confirmed",
    },
    terms,
  );
  return { ...rows, booking: { ...rows.booking, group_date_id: seat.date.id } };
}

function instant(time: Temporal.ZonedDateTime): string {
  return new Date(time.epochMilliseconds).toISOString();
}
