/*
 * What Calendly answers and sends, as closed shapes: an answer of the emulator that does not fit
 * is a mistake of the emulator, and listed with the violations.
 */
import { z } from "zod";

import { LocationKindSchema, TrackingSchema, WebhookEventSchema } from "./requests.ts";

/** UTC with microseconds, such as 2026-11-23T07:00:00.000000Z. */
const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/);
const Uri = z.url();

const Cancellation = z.strictObject({
  canceled_by: z.string(),
  reason: z.string().nullable(),
  canceler_type: z.enum(["host", "invitee"]),
  created_at: Instant,
});

const User = z.strictObject({
  uri: Uri,
  name: z.string(),
  slug: z.string(),
  email: z.email(),
  scheduling_url: Uri,
  timezone: z.string(),
  avatar_url: Uri.nullable(),
  created_at: Instant,
  updated_at: Instant,
  current_organization: Uri,
  resource_type: z.literal("User"),
  locale: z.string(),
});

const EventType = z.strictObject({
  uri: Uri,
  name: z.string(),
  active: z.boolean(),
  slug: z.string(),
  scheduling_url: Uri,
  duration: z.int(),
  kind: z.enum(["solo", "group"]),
  pooling_type: z.string().nullable(),
  type: z.enum(["StandardEventType", "AdhocEventType"]),
  color: z.string(),
  created_at: Instant,
  updated_at: Instant,
  internal_note: z.string().nullable(),
  description_plain: z.string().nullable(),
  description_html: z.string().nullable(),
  profile: z.strictObject({ type: z.literal("User"), name: z.string(), owner: Uri }),
  secret: z.boolean(),
  booking_method: z.enum(["instant", "poll"]),
  custom_questions: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(["string", "text", "phone_number", "single_select", "multi_select"]),
      position: z.int(),
      enabled: z.boolean(),
      required: z.boolean(),
      answer_choices: z.array(z.string()),
      include_other: z.boolean(),
    }),
  ),
  deleted_at: Instant.nullable(),
  admin_managed: z.boolean(),
  locations: z.array(z.strictObject({ kind: LocationKindSchema })),
  start_time_increment: z.int(),
  before_buffer: z.int(),
  after_buffer: z.int(),
});

const AvailableTime = z.strictObject({
  status: z.literal("available"),
  invitees_remaining: z.int(),
  start_time: Instant,
  scheduling_url: Uri,
});

const BusyTime = z.strictObject({
  type: z.enum(["calendly", "external", "reserved"]),
  start_time: Instant,
  end_time: Instant,
  buffered_start_time: Instant.optional(),
  buffered_end_time: Instant.optional(),
  event: z.strictObject({ uri: Uri }).optional(),
});

const Location = z.strictObject({
  type: LocationKindSchema,
  location: z.string().optional(),
  join_url: Uri.optional(),
  status: z.string().optional(),
});

const ScheduledEvent = z.strictObject({
  uri: Uri,
  name: z.string(),
  status: z.enum(["active", "canceled"]),
  start_time: Instant,
  end_time: Instant,
  event_type: Uri,
  location: Location,
  invitees_counter: z.strictObject({ total: z.int(), active: z.int(), limit: z.int() }),
  created_at: Instant,
  updated_at: Instant,
  event_memberships: z.array(
    z.strictObject({ user: Uri, user_email: z.email(), user_name: z.string() }),
  ),
  event_guests: z.array(
    z.strictObject({ email: z.email(), created_at: Instant, updated_at: Instant }),
  ),
  meeting_notes_plain: z.string().nullable(),
  meeting_notes_html: z.string().nullable(),
  cancellation: Cancellation.optional(),
});

const Invitee = z.strictObject({
  uri: Uri,
  email: z.email(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  name: z.string(),
  status: z.enum(["active", "canceled"]),
  questions_and_answers: z.array(
    z.strictObject({ question: z.string(), answer: z.string(), position: z.int() }),
  ),
  timezone: z.string(),
  event: Uri,
  created_at: Instant,
  updated_at: Instant,
  tracking: TrackingSchema,
  text_reminder_number: z.string().nullable(),
  rescheduled: z.boolean(),
  old_invitee: Uri.nullable(),
  new_invitee: Uri.nullable(),
  cancel_url: Uri,
  reschedule_url: Uri,
  routing_form_submission: Uri.nullable(),
  cancellation: Cancellation.optional(),
  payment: z.null(),
  no_show: z.strictObject({ uri: Uri, created_at: Instant }).nullable(),
  reconfirmation: z.null(),
  scheduling_method: z.string().nullable(),
  invitee_scheduled_by: Uri.nullable(),
});

const Subscription = z.strictObject({
  uri: Uri,
  callback_url: Uri,
  created_at: Instant,
  updated_at: Instant,
  retry_started_at: Instant.nullable(),
  state: z.enum(["active", "disabled"]),
  events: z.array(WebhookEventSchema),
  organization: Uri,
  user: Uri.nullable(),
  group: Uri.nullable(),
  creator: Uri,
  scope: z.enum(["organization", "user", "group"]),
});

const Schedule = z.strictObject({
  uri: Uri,
  default: z.boolean(),
  name: z.string(),
  user: Uri,
  timezone: z.string(),
  rules: z.array(
    z.strictObject({
      type: z.literal("wday"),
      wday: z.string(),
      intervals: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    }),
  ),
});

const Pagination = z.strictObject({
  count: z.int(),
  next_page: Uri.nullable(),
  previous_page: Uri.nullable(),
  next_page_token: z.string().nullable(),
  previous_page_token: z.string().nullable(),
});

const resource = (shape: z.ZodType) => z.strictObject({ resource: shape });
const collection = (shape: z.ZodType) => z.strictObject({ collection: z.array(shape) });
const pages = (shape: z.ZodType) =>
  z.strictObject({ collection: z.array(shape), pagination: Pagination });

/** The bodies of answers and webhooks, by name. */
export const ResponseSchemas = {
  user: resource(User),
  eventType: resource(EventType),
  eventTypes: pages(EventType),
  availableTimes: collection(AvailableTime),
  busyTimes: collection(BusyTime),
  schedules: collection(Schedule),
  scheduledEvent: resource(ScheduledEvent),
  scheduledEvents: pages(ScheduledEvent),
  invitee: resource(Invitee),
  invitees: pages(Invitee),
  cancellation: resource(Cancellation),
  noShow: resource(z.strictObject({ uri: Uri, invitee: Uri, created_at: Instant })),
  schedulingLink: resource(
    z.strictObject({ booking_url: Uri, owner: Uri, owner_type: z.literal("EventType") }),
  ),
  subscription: resource(Subscription),
  subscriptions: pages(Subscription),
  token: z.strictObject({
    token_type: z.literal("Bearer"),
    access_token: z.string(),
    refresh_token: z.string(),
    expires_in: z.int(),
    created_at: z.int(),
    scope: z.string(),
    owner: Uri,
    organization: Uri,
  }),
  webhook: z.strictObject({
    event: WebhookEventSchema,
    created_at: Instant,
    created_by: Uri,
    payload: Invitee.extend({ scheduled_event: ScheduledEvent }),
  }),
} satisfies Record<string, z.ZodType>;

export type ResponseName = keyof typeof ResponseSchemas;
