import { randomUUID } from "node:crypto";

import { instant, personOf, type Calendly } from "./calendly.ts";
import { emitInvitee } from "./events.ts";
import type { Booked, EventType, Tracking } from "./state.ts";

const MINUTE = 60_000;
const NO_TRACKING: Tracking = {
  utm_campaign: null,
  utm_source: null,
  utm_medium: null,
  utm_content: null,
  utm_term: null,
  salesforce_uuid: null,
};

type Guest = Pick<Booked, "name" | "email" | "timezone"> & {
  firstName?: string;
  lastName?: string;
};

type Wish = {
  type: EventType;
  /** Milliseconds since 1970. */
  start: number;
  guest: Guest;
  location: { type: string; location?: string };
  tracking?: Partial<Tracking>;
  answers?: Booked["answers"];
  guests?: string[];
  scheduledBy?: "api";
};

/**
 * Writes an event with its invitee, and tells subscribers. Whether the time is free is the caller's
 * to see.
 */
export function book(calendly: Calendly, origin: string, wish: Wish): Booked {
  const booked = newBooked(calendly, wish);
  calendly.store.state.booked.push(booked);
  calendly.store.changed();
  emitInvitee(calendly, origin, "invitee.created", booked);
  return booked;
}

/** Calls an event off and tells subscribers. The caller has seen that it stands. */
export function cancel(
  calendly: Calendly,
  origin: string,
  booked: Booked,
  by: { cancelerType: "host" | "invitee"; reason: string | null },
): void {
  markCancelled(calendly, booked, by);
  emitInvitee(calendly, origin, "invitee.canceled", booked);
}

/**
 * Moves an event: the old one is cancelled, a new one takes its place, and each invitee knows the
 * other. Both events are told, in the order that the emulator was switched to. Tracking is not
 * carried over: Calendly does not say that it would be.
 */
export function reschedule(calendly: Calendly, origin: string, old: Booked, start: number): Booked {
  const type = calendly.store.state.eventTypes.find(({ uuid }) => uuid === old.eventTypeUuid);
  if (!type) throw new Error("the event type is gone");
  const created = newBooked(calendly, {
    type,
    start,
    guest: {
      name: old.name,
      email: old.email,
      timezone: old.timezone,
      ...(old.firstName !== null && { firstName: old.firstName }),
      ...(old.lastName !== null && { lastName: old.lastName }),
    },
    location: old.location,
    answers: old.answers,
    guests: old.guests,
  });
  created.oldInviteeUuid = old.inviteeUuid;
  old.newInviteeUuid = created.inviteeUuid;
  old.rescheduled = true;
  calendly.store.state.booked.push(created);
  markCancelled(calendly, old, { cancelerType: "invitee", reason: null });

  const told = [
    () => emitInvitee(calendly, origin, "invitee.canceled", old),
    () => emitInvitee(calendly, origin, "invitee.created", created),
  ];
  for (const tell of calendly.store.state.isCreatedFirst ? told.reverse() : told) tell();
  return created;
}

function newBooked(calendly: Calendly, wish: Wish): Booked {
  const now = instant(calendly.clock.now());
  const { type, start, guest } = wish;
  return {
    eventUuid: randomUUID(),
    inviteeUuid: randomUUID(),
    eventTypeUuid: type.uuid,
    ownerUuid: type.ownerUuid,
    start: instant(start),
    end: instant(start + type.minutes * MINUTE),
    location: wish.location,
    name: guest.name,
    firstName: guest.firstName ?? null,
    lastName: guest.lastName ?? null,
    email: guest.email,
    timezone: guest.timezone,
    answers: wish.answers ?? [],
    tracking: { ...NO_TRACKING, ...wish.tracking },
    guests: wish.guests ?? [],
    scheduledBy: wish.scheduledBy ?? null,
    createdAt: now,
    updatedAt: now,
    cancellation: null,
    rescheduled: false,
    oldInviteeUuid: null,
    newInviteeUuid: null,
    noShow: null,
  };
}

function markCancelled(
  calendly: Calendly,
  booked: Booked,
  { cancelerType, reason }: { cancelerType: "host" | "invitee"; reason: string | null },
): void {
  const now = instant(calendly.clock.now());
  const canceledBy =
    cancelerType === "host" ? personOf(calendly, booked.ownerUuid).name : booked.name;
  booked.cancellation = { canceledBy, reason, cancelerType, createdAt: now };
  booked.updatedAt = now;
  calendly.store.changed();
}
