/* The emulator's records in the shapes of the API. `origin` is the address that was called. */
import { instant } from "./calendly.ts";
import type { Booked, EventType, Person, Subscription } from "./state.ts";

const BORN = instant(Date.parse("2026-01-05T15:00:00Z"));
const HEX_COLOR = "#0069ff";

/** The URI of a user. */
export function userUri(origin: string, uuid: string): string {
  return `${origin}/users/${uuid}`;
}

/** A user as `/users/me` tells. */
export function presentUser(origin: string, person: Person) {
  return {
    uri: userUri(origin, person.uuid),
    name: person.name,
    slug: person.slug,
    email: person.email,
    scheduling_url: `${origin}/${person.slug}`,
    timezone: person.timezone,
    avatar_url: null,
    created_at: BORN,
    updated_at: BORN,
    current_organization: `${origin}/organizations/${person.organizationUuid}`,
    resource_type: "User",
    locale: "en",
  };
}

/** An event type. */
export function presentEventType(origin: string, type: EventType, person: Person) {
  return {
    uri: `${origin}/event_types/${type.uuid}`,
    name: type.name,
    active: type.active,
    slug: type.slug,
    scheduling_url: schedulingUrl(origin, type, person),
    duration: type.minutes,
    kind: "solo",
    pooling_type: null,
    type: "StandardEventType",
    color: HEX_COLOR,
    created_at: BORN,
    updated_at: BORN,
    internal_note: null,
    description_plain: null,
    description_html: null,
    profile: { type: "User", name: person.name, owner: userUri(origin, person.uuid) },
    secret: false,
    booking_method: "instant",
    custom_questions: type.questions.map((question) => ({
      ...question,
      type: "text",
      enabled: true,
      answer_choices: [],
      include_other: false,
    })),
    deleted_at: null,
    admin_managed: false,
    locations: type.locationKinds.map((kind) => ({ kind })),
    start_time_increment: 30,
    before_buffer: 0,
    after_buffer: 0,
  };
}

/** The page where people book this event type. */
export function schedulingUrl(origin: string, type: EventType, person: Person): string {
  return `${origin}/${person.slug}/${type.slug}`;
}

/** A scheduled event. */
export function presentEvent(origin: string, booked: Booked, type: EventType, person: Person) {
  return {
    uri: `${origin}/scheduled_events/${booked.eventUuid}`,
    name: type.name,
    status: booked.cancellation ? "canceled" : "active",
    start_time: booked.start,
    end_time: booked.end,
    event_type: `${origin}/event_types/${type.uuid}`,
    location: booked.location,
    invitees_counter: { total: 1, active: booked.cancellation ? 0 : 1, limit: 1 },
    created_at: booked.createdAt,
    updated_at: booked.updatedAt,
    event_memberships: [
      { user: userUri(origin, person.uuid), user_email: person.email, user_name: person.name },
    ],
    event_guests: booked.guests.map((email) => ({
      email,
      created_at: booked.createdAt,
      updated_at: booked.createdAt,
    })),
    meeting_notes_plain: null,
    meeting_notes_html: null,
    cancellation: presentCancellation(booked),
  };
}

/** The URI of an invitee. */
function inviteeUri(origin: string, eventUuid: string, inviteeUuid: string): string {
  return `${origin}/scheduled_events/${eventUuid}/invitees/${inviteeUuid}`;
}

/** The one invitee of an event; `all` are searched for what it was rescheduled from or to. */
export function presentInvitee(origin: string, booked: Booked, all: Booked[]) {
  function other(uuid: string | null): string | null {
    const found = uuid && all.find(({ inviteeUuid }) => inviteeUuid === uuid);
    return found ? inviteeUri(origin, found.eventUuid, found.inviteeUuid) : null;
  }
  return {
    uri: inviteeUri(origin, booked.eventUuid, booked.inviteeUuid),
    email: booked.email,
    first_name: booked.firstName,
    last_name: booked.lastName,
    name: booked.name,
    status: booked.cancellation ? "canceled" : "active",
    questions_and_answers: booked.answers,
    timezone: booked.timezone,
    event: `${origin}/scheduled_events/${booked.eventUuid}`,
    created_at: booked.createdAt,
    updated_at: booked.updatedAt,
    tracking: booked.tracking,
    text_reminder_number: null,
    rescheduled: booked.rescheduled,
    old_invitee: other(booked.oldInviteeUuid),
    new_invitee: other(booked.newInviteeUuid),
    cancel_url: `${origin}/cancellations/${booked.inviteeUuid}`,
    reschedule_url: `${origin}/reschedulings/${booked.inviteeUuid}`,
    routing_form_submission: null,
    cancellation: presentCancellation(booked),
    payment: null,
    no_show: booked.noShow && {
      uri: `${origin}/invitee_no_shows/${booked.noShow.uuid}`,
      created_at: booked.noShow.createdAt,
    },
    reconfirmation: null,
    scheduling_method: booked.scheduledBy,
    invitee_scheduled_by: null,
  };
}

/** Who cancelled an event and why; undefined while it stands. */
export function presentCancellation({ cancellation }: Booked) {
  if (!cancellation) return undefined;
  const { canceledBy, reason, cancelerType, createdAt } = cancellation;
  return {
    canceled_by: canceledBy,
    reason,
    canceler_type: cancelerType,
    created_at: createdAt,
  };
}

/** A webhook subscription. */
export function presentSubscription(origin: string, subscription: Subscription, person: Person) {
  const { uuid, url, createdAt, state, events, scope } = subscription;
  return {
    uri: `${origin}/webhook_subscriptions/${uuid}`,
    callback_url: url,
    created_at: createdAt,
    updated_at: createdAt,
    retry_started_at: null,
    state,
    events,
    organization: `${origin}/organizations/${person.organizationUuid}`,
    user: scope === "user" ? userUri(origin, person.uuid) : null,
    group: null,
    creator: userUri(origin, person.uuid),
    scope,
  };
}
