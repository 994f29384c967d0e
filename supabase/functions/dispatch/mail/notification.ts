import { z } from "zod";

const OutcomeSchema = z.enum(["held", "client_missing", "coach_missing", "unknown"]);

const AttendanceSchema = z.object({
  outcome: OutcomeSchema,
  sentence: z.string(),
  objection_ends_at: z.string(),
  objected_by: z.enum(["client", "coach", "admin", "system"]).nullable(),
  objection: z.string().nullable(),
  settled_outcome: OutcomeSchema.nullable(),
  settled_reason: z.string().nullable(),
});

const NoShowFeeSchema = z.object({
  cents: z.number(),
  objection_minutes: z.number(),
  /** The bank wants the client to confirm. */
  needs_action: z.boolean(),
  /** When the card is tried again. */
  retry_at: z.string().nullable(),
  is_paid: z.boolean(),
  /** Why it was called off. */
  words: z.string().nullable(),
});

const SessionSchema = z.object({
  booking_id: z.string(),
  sequence: z.number(),
  starts_at: z.string(),
  ends_at: z.string(),
});

const LeftOutSchema = z.object({
  sessions: z.array(SessionSchema.pick({ starts_at: true, ends_at: true })).min(1),
  reason: z.string().nullable(),
  /** What a bank held for them. */
  let_go_cents: z.number(),
  credits_back: z.number(),
});

const BookingSchema = z.object({
  booking_id: z.string(),
  party: z.enum(["client", "coach"]),
  time_zone: z.string(),
  offer_title: z.string(),
  coach_name: z.string(),
  coach_slug: z.string(),
  client_name: z.string(),
  /** What the mail is about: one session, or several of a series, in order. */
  sessions: z.array(SessionSchema).min(1),
  /** How many sessions the order is of. */
  session_count: z.number(),
  /** Of all these sessions, like what comes back. */
  paid_cents: z.number(),
  /** Whether the price was taken: not while a bank only holds it. */
  is_charged: z.boolean(),
  refund_cents: z.number(),
  /** Of a request: until when it can be answered. */
  answer_by: z.string().nullable(),
  /** While it waits for its payment: until when. */
  pay_by: z.string().nullable(),
  /** What the client wrote when they booked. */
  note: z.string(),
  cancelled_by: z.enum(["client", "coach", "admin", "system"]).nullable(),
  cancel_reason: z.string().nullable(),
  moved_by: z.enum(["client", "coach", "admin", "system"]).nullable(),
  /** The start it had before it was moved last, and why it was. */
  moved_from: z.string().nullable(),
  move_reason: z.string().nullable(),
  full_refund_until: z.string(),
  /** How long before the start one can join. */
  join_opens_minutes: z.number(),
  /** Until when its client can review it, once it was held. */
  review_until: z.string(),
  /** Of a review that is shown: until when its coach can reply. */
  reply_until: z.string().nullable(),
  /** Booked with what was paid for before, and how many of these sessions went back there. */
  credit_of: z.enum(["package", "membership"]).nullable(),
  credits_back: z.number(),
  /** What the coach did not take of all that was asked for at once; null when they took all. */
  left_out: LeftOutSchema.nullable(),
  /** What was decided about who came; null before that. */
  attendance: AttendanceSchema.nullable(),
  /** Of a membership: what it costs its client not to come, or did; null for nothing. */
  no_show_fee: NoShowFeeSchema.nullable(),
  /** Of a seat: how many of the date's are taken. */
  seats: z.object({ taken: z.number(), total: z.number() }).nullable(),
});

const OpeningSchema = z.object({
  starts_at: z.string(),
  ends_at: z.string(),
  time_zone: z.string(),
  booking_id: z.string().nullable(),
  offer_id: z.string(),
  offer_title: z.string(),
  coach_name: z.string(),
  coach_slug: z.string(),
});

const PackageSchema = z.object({
  order_id: z.string(),
  time_zone: z.string(),
  offer_title: z.string(),
  coach_name: z.string(),
  client_name: z.string(),
  session_count: z.number(),
  sessions_left: z.number(),
  amount_cents: z.number(),
  /** All of it, or the first of so many parts. */
  paid_now_cents: z.number(),
  instalments: z.number().nullable(),
  /** Until when its sessions can be booked. */
  ends_at: z.string().nullable(),
  end_reason: z.string().nullable(),
  ended_sessions: z.number(),
  ended_cents: z.number(),
});

const InstalmentSchema = z.object({
  order_id: z.string(),
  /** By which order the package is named. */
  package_id: z.string(),
  party: z.enum(["client", "coach"]),
  time_zone: z.string(),
  offer_title: z.string(),
  coach_name: z.string(),
  client_name: z.string(),
  /** Which part it is, of how many; and how many are paid. */
  position: z.number(),
  instalments: z.number(),
  paid_parts: z.number(),
  session_count: z.number(),
  amount_cents: z.number(),
  /** Whether tax comes on top. */
  is_taxed: z.boolean(),
  due_at: z.string(),
  /** The bank wants the client to confirm. */
  needs_action: z.boolean().nullable(),
  /** When the card is tried again. */
  retry_at: z.string().nullable(),
  ended_reason: z.string().nullable(),
});

const DisputeSchema = z.object({
  amount_cents: z.number(),
  offer_title: z.string(),
  client_name: z.string(),
});

const DecisionSchema = z.object({
  /** What was reported. */
  subject: z.enum(["review", "message", "conversation", "reply"]),
  is_removed: z.boolean(),
  reason: z.string(),
  /** Whether the reader wrote what was decided about. */
  is_author: z.boolean(),
});

const MembershipSchema = z.object({
  membership_id: z.string(),
  time_zone: z.string(),
  offer_title: z.string(),
  coach_name: z.string(),
  client_name: z.string(),
  /** Of the next charge. */
  price_cents: z.number(),
  /** Whether tax comes on top. */
  is_taxed: z.boolean(),
  billing_interval: z.enum(["month", "year"]),
  is_trial: z.boolean(),
  period_ends_at: z.string(),
  ended_at: z.string().nullable(),
  /** What its client agreed to last. */
  agreed_words: z.string().nullable(),
});

const ConversationSchema = z.object({
  conversation_id: z.string(),
  counterpart_name: z.string(),
});

/** What mail_work says of a notification (supabase/schemas/notifications). */
export const NotificationSchema = z.object({
  notification_id: z.string(),
  kind: z.string(),
  first_name: z.string(),
  subject_id: z.string(),
  created_at: z.string(),
  /** When it is written: what it says is true then. */
  told_at: z.string(),
  booking: BookingSchema.nullable(),
  opening: OpeningSchema.optional(),
  package: PackageSchema.optional(),
  instalment: InstalmentSchema.optional(),
  membership: MembershipSchema.optional(),
  dispute: DisputeSchema.optional(),
  conversation: ConversationSchema.optional(),
  decision: DecisionSchema.optional(),
});

export type Notification = z.infer<typeof NotificationSchema>;
export type MailDecision = z.infer<typeof DecisionSchema>;
export type MailConversation = z.infer<typeof ConversationSchema>;
export type MailDispute = z.infer<typeof DisputeSchema>;
export type MailOpening = z.infer<typeof OpeningSchema>;
export type MailMembership = z.infer<typeof MembershipSchema>;
export type MailInstalment = z.infer<typeof InstalmentSchema>;
export type MailPackage = z.infer<typeof PackageSchema>;
export type MailAttendance = z.infer<typeof AttendanceSchema>;
export type MailBooking = z.infer<typeof BookingSchema>;
export type MailLeftOut = z.infer<typeof LeftOutSchema>;
export type MailSession = MailBooking["sessions"][number];

/** The name of the other party, for the reader. */
export function counterpart(booking: MailBooking): string {
  return booking.party === "client" ? booking.coach_name : booking.client_name;
}
