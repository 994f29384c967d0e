/*
 * What Calendly accepts, written by hand from its reference pages and release notes up to
 * 2026-11-13 (developer.calendly.com). Objects are closed: an unknown key is a mistake.
 */
import { z } from "zod";

const Instant = z.iso.datetime({ offset: true });
const UtcInstant = z.iso.datetime(); // without an offset: only Z

const LOCATION_KINDS = [
  "physical",
  "ask_invitee",
  "custom",
  "outbound_call",
  "inbound_call",
  "google_conference",
  "gotomeeting_conference",
  "microsoft_teams_conference",
  "webex_conference",
  "zoom_conference",
] as const;

export const LocationKindSchema = z.enum(LOCATION_KINDS);

/** All six keys are required when tracking is sent at all. */
export const TrackingSchema = z.strictObject({
  utm_campaign: z.string().nullable(),
  utm_source: z.string().nullable(),
  utm_medium: z.string().nullable(),
  utm_content: z.string().nullable(),
  utm_term: z.string().nullable(),
  salesforce_uuid: z.string().nullable(),
});

/** `POST /invitees`: the Scheduling API, since 2025-10-15. */
export const CreateInviteeSchema = z.strictObject({
  event_type: z.url().regex(/^https?:\/\/[^/]+\/event_types\/[^/]+$/),
  start_time: UtcInstant,
  invitee: z
    .strictObject({
      name: z.string().min(1).optional(),
      first_name: z.string().min(1).optional(),
      last_name: z.string().optional(),
      email: z.email(),
      timezone: z.string().min(1),
      text_reminder_number: z.string().optional(),
    })
    .refine(({ name, first_name }) => name !== undefined || first_name !== undefined, {
      error: "name or first_name is required",
    }),
  location: z
    .strictObject({ kind: LocationKindSchema, location: z.string().min(1).optional() })
    .optional(),
  questions_and_answers: z
    .array(
      z.strictObject({
        question: z.string(),
        answer: z.string(),
        position: z.int().nonnegative(),
      }),
    )
    .optional(),
  tracking: TrackingSchema.optional(),
  event_guests: z.array(z.email()).max(10).optional(),
});

/** `POST /scheduled_events/{uuid}/cancellation`; the body may be left out. */
export const CancellationSchema = z.strictObject({ reason: z.string().max(10_000).optional() });

export const NoShowSchema = z.strictObject({ invitee: z.url() });

export const SchedulingLinkSchema = z.strictObject({
  max_event_count: z.literal(1),
  owner: z.url(),
  owner_type: z.literal("EventType"),
});

const WEBHOOK_EVENTS = [
  "invitee.created",
  "invitee.canceled",
  "invitee_no_show.created",
  "invitee_no_show.deleted",
  "routing_form_submission.created",
] as const;

export const WebhookEventSchema = z.enum(WEBHOOK_EVENTS);

/** `POST /webhook_subscriptions`. With OAuth the key that signs is the app's, so none is sent. */
export const SubscriptionSchema = z
  .strictObject({
    url: z.url(),
    events: z.array(WebhookEventSchema).min(1),
    organization: z.url(),
    user: z.url().optional(),
    group: z.url().optional(),
    scope: z.enum(["organization", "user", "group"]),
    signing_key: z.string().optional(),
  })
  .refine(({ scope, user }) => scope !== "user" || user !== undefined, {
    error: "user is required for this scope",
    path: ["user"],
  });

const Paging = {
  count: z.coerce.number().int().min(1).max(100).default(20),
  page_token: z.string().optional(),
  sort: z
    .string()
    .regex(/^\w+:(asc|desc)$/)
    .optional(),
};
const Flag = z.enum(["true", "false"]).transform((text) => text === "true");

const QUERIES = {
  none: z.strictObject({}),
  eventTypes: z.strictObject({
    user: z.url().optional(),
    organization: z.url().optional(),
    active: Flag.optional(),
    ...Paging,
  }),
  availableTimes: z.strictObject({ event_type: z.url(), start_time: Instant, end_time: Instant }),
  busyTimes: z.strictObject({ user: z.url(), start_time: Instant, end_time: Instant }),
  schedules: z.strictObject({ user: z.url() }),
  scheduledEvents: z.strictObject({
    user: z.url().optional(),
    organization: z.url().optional(),
    status: z.enum(["active", "canceled"]).optional(),
    min_start_time: Instant.optional(),
    max_start_time: Instant.optional(),
    invitee_email: z.email().optional(),
    ...Paging,
  }),
  invitees: z.strictObject({
    status: z.enum(["active", "canceled"]).optional(),
    email: z.email().optional(),
    ...Paging,
  }),
  subscriptions: z.strictObject({
    organization: z.url(),
    user: z.url().optional(),
    scope: z.enum(["organization", "user", "group"]),
    ...Paging,
  }),
};

/** What may stand in the query string, by operation. */
export const QuerySchemas = QUERIES;
