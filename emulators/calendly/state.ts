import { randomUUID } from "node:crypto";

export type Plan = "free" | "paid";

/** A Calendly user with an organization of their own. */
export type Person = {
  uuid: string;
  organizationUuid: string;
  name: string;
  slug: string;
  email: string;
  plan: Plan;
  timezone: string;
  /** When they can be booked: ISO weekdays, wall time of their zone as HH:MM. */
  hours: { days: number[]; from: string; to: string };
  /** What their connected calendars say, ISO 8601. */
  externalBusy: { start: string; end: string }[];
};

type Question = { name: string; position: number; required: boolean };

export type EventType = {
  uuid: string;
  ownerUuid: string;
  name: string;
  slug: string;
  minutes: number;
  active: boolean;
  locationKinds: string[];
  questions: Question[];
};

export type Cancellation = {
  canceledBy: string;
  reason: string | null;
  cancelerType: "host" | "invitee";
  createdAt: string;
};

export type Tracking = {
  utm_campaign: string | null;
  utm_source: string | null;
  utm_medium: string | null;
  utm_content: string | null;
  utm_term: string | null;
  salesforce_uuid: string | null;
};

/** An event with its one invitee: group event types are not emulated. */
export type Booked = {
  eventUuid: string;
  inviteeUuid: string;
  eventTypeUuid: string;
  ownerUuid: string;
  /** ISO 8601 with microseconds, as all times here. */
  start: string;
  end: string;
  location: { type: string; location?: string };
  name: string;
  firstName: string | null;
  lastName: string | null;
  email: string;
  timezone: string;
  answers: { question: string; answer: string; position: number }[];
  tracking: Tracking;
  guests: string[];
  /** "api" when made by POST /invitees. */
  scheduledBy: "api" | null;
  createdAt: string;
  updatedAt: string;
  cancellation: Cancellation | null;
  rescheduled: boolean;
  oldInviteeUuid: string | null;
  newInviteeUuid: string | null;
  noShow: { uuid: string; createdAt: string } | null;
};

export type Subscription = {
  uuid: string;
  ownerUuid: string;
  url: string;
  events: string[];
  scope: "organization" | "user" | "group";
  state: "active" | "disabled";
  createdAt: string;
};

/** What a token or code speaks for; `endsAt` in milliseconds by the emulator's clock. */
export type Grant = { personUuid: string; scope: string; endsAt: number };
type Code = Grant & { redirectUri: string; challenge: string | null };
export type RefreshToken = { personUuid: string; scope: string; isUsed: boolean };

export type CalendlyState = {
  people: Person[];
  eventTypes: EventType[];
  booked: Booked[];
  subscriptions: Subscription[];
  codes: Record<string, Code>;
  accessTokens: Record<string, Grant>;
  refreshTokens: Record<string, RefreshToken>;
  /** Of a reschedule, invitee.created leaves before invitee.canceled. */
  isCreatedFirst: boolean;
  eventCount: number;
};

const ASK = ["ask_invitee"];
const EVERY_DAY = { days: [1, 2, 3, 4, 5, 6, 7], from: "06:00", to: "22:00" };

/** Those who can sign in on the consent page of a fresh emulator: invented, like all people here. */
export function initialState(): CalendlyState {
  const seeded = [
    newPerson({ name: "Nora Whitfield", plan: "paid", timezone: "America/New_York" }),
    newPerson({ name: "Tomas Okafor", plan: "paid", timezone: "America/Phoenix" }),
    newPerson({ name: "Caleb Ruiz", plan: "free", timezone: "America/Chicago" }),
  ];
  return {
    people: seeded.map(({ person }) => person),
    eventTypes: seeded.flatMap(({ eventTypes }) => eventTypes),
    booked: [],
    subscriptions: [],
    codes: {},
    accessTokens: {},
    refreshTokens: {},
    isCreatedFirst: false,
    eventCount: 0,
  };
}

/** A person with the event types of their plan: two, or the one that the free plan has. */
export function newPerson(given: Pick<Person, "name" | "plan" | "timezone"> & Partial<Person>): {
  person: Person;
  eventTypes: EventType[];
} {
  const slug = given.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const person: Person = {
    uuid: randomUUID(),
    organizationUuid: randomUUID(),
    slug,
    email: `${slug}@calendly.example`,
    hours: EVERY_DAY,
    externalBusy: [],
    ...given,
  };
  const hour = eventType(person, "Coaching hour", 60, ASK);
  const half = eventType(person, "Half an hour", 30, ["zoom_conference", "ask_invitee"]);
  return { person, eventTypes: person.plan === "paid" ? [hour, half] : [hour] };
}

function eventType(
  { uuid: ownerUuid }: Person,
  name: string,
  minutes: number,
  locationKinds: string[],
): EventType {
  return {
    uuid: randomUUID(),
    ownerUuid,
    name,
    slug: name.toLowerCase().replaceAll(" ", "-"),
    minutes,
    active: true,
    locationKinds,
    questions: [{ name: "What would you like to work on?", position: 0, required: false }],
  };
}
