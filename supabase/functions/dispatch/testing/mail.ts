import { callsTo, newWorld, plays } from "../../_shared/testing/world.ts";

import { deepEqual } from "../../_shared/testing/assert.ts";
import type { Mail } from "../../_shared/resend.ts";
import { workOff } from "./dispatch.ts";

/** 9:00 in Phoenix, 11:00 in New York. */
export const session = {
  booking_id: "b1",
  sequence: 0,
  starts_at: "2026-11-24T16:00:00+00:00",
  ends_at: "2026-11-24T17:00:00+00:00",
};
export const booking = {
  booking_id: "b1",
  party: "client",
  time_zone: "America/Phoenix",
  sessions: [session],
  session_count: 1,
  offer_title: "Listing rehearsal",
  coach_name: "Maria Lopez",
  coach_slug: "maria-lopez",
  client_name: "Dana Reed",
  paid_cents: 15000,
  is_charged: true,
  refund_cents: 7500,
  answer_by: null as string | null,
  pay_by: null as string | null,
  note: "",
  cancelled_by: null as string | null,
  cancel_reason: null as string | null,
  moved_by: null as string | null,
  moved_from: null as string | null,
  move_reason: null as string | null,
  full_refund_until: "2026-11-23T16:00:00+00:00",
  join_opens_minutes: 20,
  review_until: "2026-12-01T17:00:00+00:00",
  reply_until: null as string | null,
  attendance: null as Record<string, string | null> | null,
  credit_of: null as string | null,
  credits_back: 0,
  left_out: null as Record<string, unknown> | null,
  seats: null as { taken: number; total: number } | null,
  no_show_fee: null as Record<string, number | string | boolean | null> | null,
};
/** The same session, as its coach reads of it. */
export const forCoach = { ...booking, party: "coach", time_zone: "America/New_York" };

/** And once it was decided that the coach did not come. */
export const missedBooking = {
  ...booking,
  attendance: {
    outcome: "coach_missing",
    sentence: "Dana Reed was in the meeting for 30 minutes. Maria Lopez did not come.",
    objection_ends_at: "2026-11-26T16:00:00+00:00",
    objected_by: null,
    objection: null,
    settled_outcome: null,
    settled_reason: null,
  } as Record<string, string | null>,
};

/** One of a membership, which costs its client $25 if they do not come. */
export const memberBooking = {
  ...booking,
  credit_of: "membership",
  no_show_fee: {
    cents: 2500,
    objection_minutes: 2880,
    needs_action: false,
    retry_at: null,
    is_paid: false,
    words: null,
  } as (typeof booking)["no_show_fee"],
};

/** While Maria is asked. */
export const request = {
  ...booking,
  is_charged: false,
  refund_cents: 0,
  answer_by: "2026-11-22T16:00:00+00:00",
};

/** Booked at Maria's Calendly, and not paid for yet. */
export const bookedThere = {
  ...booking,
  is_charged: false,
  refund_cents: 0,
  pay_by: "2026-11-21T16:00:00+00:00",
};

/** And once Dana has moved it, from 7:00 the day before. */
export const movedBooking = {
  ...booking,
  sessions: [{ ...session, sequence: 1 }],
  moved_by: "client",
  moved_from: "2026-11-23T14:00:00+00:00",
  move_reason: "The seller is late.",
};

/** Dana's series: that session, and the same a week later. */
export const series = {
  ...booking,
  sessions: [
    session,
    {
      booking_id: "b2",
      sequence: 0,
      starts_at: "2026-12-01T16:00:00+00:00",
      ends_at: "2026-12-01T17:00:00+00:00",
    },
  ],
  session_count: 2,
  paid_cents: 30000,
};

/** A time that opened, 9:00 in Phoenix. */
export const opening = {
  starts_at: "2026-11-24T16:00:00+00:00",
  ends_at: "2026-11-24T17:00:00+00:00",
  time_zone: "America/Phoenix",
  booking_id: null as string | null,
  offer_id: "o1",
  offer_title: "Listing rehearsal",
  coach_name: "Maria Lopez",
  coach_slug: "maria-lopez",
};

/** Dana's membership with Maria. */
export const ownMembership = {
  membership_id: "m1",
  time_zone: "America/Phoenix",
  offer_title: "Two sessions a month",
  coach_name: "Maria Lopez",
  client_name: "Dana Reed",
  price_cents: 28000,
  is_taxed: false,
  billing_interval: "month",
  is_trial: false,
  period_ends_at: "2026-12-01T16:00:00+00:00",
  ended_at: null as string | null,
  agreed_words: "I agree that it renews by itself." as string | null,
};

/** Dana's package of Maria's, with two sessions left. */
export const ownPackage = {
  order_id: "p1",
  time_zone: "America/Phoenix",
  offer_title: "Six weekly rehearsals",
  coach_name: "Maria Lopez",
  client_name: "Dana Reed",
  session_count: 6,
  sessions_left: 2,
  amount_cents: 60000,
  paid_now_cents: 60000,
  instalments: null as number | null,
  ends_at: "2026-12-01T16:00:00+00:00" as string | null,
  end_reason: null as string | null,
  ended_sessions: 0,
  ended_cents: 0,
};

/** The second part of what Dana pays in parts. */
export const instalment = {
  order_id: "o2",
  package_id: "p1",
  party: "client" as "client" | "coach",
  time_zone: "America/Phoenix",
  offer_title: "Six weekly rehearsals",
  coach_name: "Maria Lopez",
  client_name: "Dana Reed",
  position: 2,
  instalments: 3,
  paid_parts: 1,
  session_count: 2,
  amount_cents: 20000,
  is_taxed: false,
  due_at: "2026-12-01T16:00:00+00:00",
  needs_action: false,
  retry_at: null as string | null,
  ended_reason: null as string | null,
};

/** What Dana's bank is about. */
export const dispute = {
  amount_cents: 15000,
  offer_title: "Listing rehearsal",
  client_name: "Dana Reed",
};

/** The thread in which Maria waits for Dana. */
export const conversation = { conversation_id: "c1", counterpart_name: "Maria Lopez" };

/** What an admin decided about something that was reported. */
export const decision = {
  subject: "review" as "review" | "message" | "conversation" | "reply",
  is_removed: false,
  reason: "It tells how a session went.",
  is_author: false,
};

/** What mail_work says of a notification. */
export const work = {
  notification_id: "n1",
  kind: "booking_confirmed",
  version: 1,
  created_at: "2026-11-20T12:34:56.789+00:00",
  told_at: "2026-11-20T12:34:57+00:00",
  clerk_user_id: "user_1",
  email: "dana@example.com" as string | null,
  first_name: "Dana",
  unsubscribe_token: null as string | null,
  subject_id: "s1",
  booking: booking as typeof booking | null,
  opening: undefined as typeof opening | undefined,
  package: undefined as typeof ownPackage | undefined,
  instalment: undefined as typeof instalment | undefined,
  membership: undefined as typeof ownMembership | undefined,
  dispute: undefined as typeof dispute | undefined,
  conversation: undefined as typeof conversation | undefined,
  decision: undefined as typeof decision | undefined,
};

/** A text part as one reads it, whatever the width: paragraphs are left apart, lines are not. */
export function unwrapped(text: string): string {
  return text.replace(/(?<!\n)\n(?!\n)/g, " ");
}

/** Has dispatch send a notification; returns the mail that Resend was given, and under which key. */
export async function sent(
  changes: Partial<typeof work> = {},
): Promise<Mail & { to: string[]; from: string; key: string }> {
  newWorld();
  plays("POST /emails", { id: "mail_1" });
  const { result } = await workOff("mail", { ...work, ...changes });
  const [call] = callsTo("/emails");
  const mail = JSON.parse(call?.body ?? "{}");
  deepEqual(result, { mail_id: "mail_1", subject: mail.subject });
  return { ...mail, text: unwrapped(mail.text), key: call?.headers.get("idempotency-key") };
}

/** What a reader of the HTML sees. */
export function seen(html: string): string {
  return html
    .replace(/<!--.*?-->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
}

/** A sentence to be found as it is. */
export function literally(words: string): RegExp {
  return new RegExp(words.replace(/[$.]/g, "\\$&"));
}
