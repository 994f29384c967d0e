import type { Database } from "../../app/lib/database.types.ts";
import type { Factories, Row } from "../../tests/factories.ts";
import type { Appointment } from "./appointments.ts";
import { BOOKING_NOTES } from "./thread-copy.ts";

type EventInsert = Database["public"]["Tables"]["booking_events"]["Insert"];
type BookingEvent = Required<Omit<EventInsert, "id">>;

/** What the market's own settings say about money. */
export type Terms = {
  fee_basis_points: number;
  full_refund_minutes: number;
  partial_refund_minutes: number;
  partial_refund_percent: number;
  client_move_minutes: number;
  client_moves: number;
  coach_move_minutes: number;
};

/** Everything that a booked session left behind. */
export type SessionRows = {
  appointment: Appointment;
  order: Row<"orders">;
  booking: Row<"bookings">;
  events: BookingEvent[];
  /** Null while Stripe has yet to be asked: see pay-upcoming.ts. */
  payment: Row<"payments"> | null;
  refund: Row<"refunds"> | null;
  /** Null for a session to come: planning it is the database's. */
  meeting: Row<"meetings"> | null;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Turns an appointment into the rows that its story would have written. */
export function createSessionRows(
  factories: Factories,
  appointment: Appointment,
  terms: Terms,
): SessionRows {
  const { faker, now } = factories;
  const { client, offer, practice, outcome, startsAt } = appointment;
  const isUpcoming = outcome === "confirmed";
  const isCancelled = outcome === "client cancelled" || outcome === "coach cancelled";

  const endsAt = new Date(startsAt.getTime() + offer.row.duration_minutes * MINUTE);
  // Booked some days before, and well before now.
  const latest = Math.min(startsAt.getTime(), now.getTime());
  const bookedAt = new Date(latest - faker.number.int({ min: 4 * DAY, max: 9 * DAY }));
  const paidAt = after(bookedAt, faker.number.int({ min: 2, max: 9 }));
  const cancelledAt = isCancelled ? new Date(startsAt.getTime() - 2 * DAY) : null;
  const reason =
    outcome === "coach cancelled" ? "I am down with a fever. I am sorry." : "The listing is gone.";

  const order: Row<"orders"> = {
    id: faker.string.uuid(),
    client_id: client.id,
    coach_id: practice.coach.id,
    offer_id: offer.row.id,
    status: isCancelled ? "refunded" : "paid",
    session_count: 1,
    amount_cents: offer.row.price_cents,
    automatic_tax: false,
    discount_cents: 0,
    discount_bearer: null,
    fee_cents: Math.round((offer.row.price_cents * terms.fee_basis_points) / 10_000),
    currency: "usd",
    credits_end_at: null,
    credits_end_reason: null,
    membership_id: null,
    stripe_invoice_id: null,
    period_starts_at: null,
    period_ends_at: null,
    plan_id: null,
    plan_position: null,
    due_at: null,
    full_refund_minutes: terms.full_refund_minutes,
    partial_refund_minutes: terms.partial_refund_minutes,
    partial_refund_percent: terms.partial_refund_percent,
    client_move_minutes: terms.client_move_minutes,
    client_moves: terms.client_moves,
    coach_move_minutes: terms.coach_move_minutes,
    no_show_fee_cents: 0,
    stripe_checkout_session_id: null,
    checkout_url: null,
    checkout_expires_at: null,
    pages_ended: 0,
    paid_at: paidAt.toISOString(),
    created_at: bookedAt.toISOString(),
  };

  const booking = factories.booking(
    { client, offer: offer.row, orderId: order.id, startsAt },
    {
      status: isCancelled ? "cancelled" : isUpcoming ? "confirmed" : "completed",
      note: faker.helpers.arrayElement([...BOOKING_NOTES]),
      confirmed_at: paidAt.toISOString(),
      completed_at: isUpcoming || isCancelled ? null : after(endsAt, 1).toISOString(),
      cancelled_at: cancelledAt?.toISOString() ?? null,
      cancelled_by: isCancelled ? cancellerOf(outcome) : null,
      cancel_reason: isCancelled ? reason : null,
      created_at: bookedAt.toISOString(),
    },
  );

  const payment = isUpcoming ? null : createPayment(factories, order, paidAt);
  const refund =
    payment && cancelledAt ? createRefund(factories, payment, booking, cancelledAt) : null;

  return {
    appointment,
    order,
    booking,
    payment,
    refund,
    events: createEvents(appointment, booking, refund),
    meeting: isUpcoming ? null : createMeeting(factories, appointment, booking),
  };
}

function cancellerOf(outcome: Appointment["outcome"]): "client" | "coach" {
  return outcome === "coach cancelled" ? "coach" : "client";
}

function after(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * MINUTE);
}

function createEvents(
  { client, practice, outcome }: Appointment,
  booking: Row<"bookings">,
  refund: Row<"refunds"> | null,
): BookingEvent[] {
  const base = { booking_id: booking.id, actor_id: null, detail: {} };
  const events: BookingEvent[] = [
    {
      ...base,
      actor: "client",
      actor_id: client.id,
      before: null,
      after: "held",
      created_at: booking.created_at,
    },
    {
      ...base,
      actor: "system",
      before: "held",
      after: "confirmed",
      created_at: booking.confirmed_at ?? booking.created_at,
    },
  ];

  if (booking.completed_at) {
    const created_at = booking.completed_at;
    events.push({ ...base, actor: "system", before: "confirmed", after: "completed", created_at });
  }
  if (booking.cancelled_at) {
    events.push({
      booking_id: booking.id,
      actor: cancellerOf(outcome),
      actor_id: outcome === "coach cancelled" ? practice.person.id : client.id,
      before: "confirmed",
      after: "cancelled",
      detail: { reason: booking.cancel_reason, refund_cents: refund?.amount_cents ?? 0 },
      created_at: booking.cancelled_at,
    });
  }
  return events;
}

function createPayment(factories: Factories, order: Row<"orders">, at: Date): Row<"payments"> {
  const { faker } = factories;
  return {
    id: faker.string.uuid(),
    order_id: order.id,
    status: "succeeded",
    amount_cents: order.amount_cents,
    tax_cents: 0,
    currency: order.currency,
    stripe_payment_intent_id: `pi_demo_${faker.string.alphanumeric(16)}`,
    stripe_charge_id: `ch_demo_${faker.string.alphanumeric(16)}`,
    failure_code: null,
    // As Stripe takes it of a card.
    fee_cents: Math.round(order.amount_cents * 0.029) + 30,
    receipt_url: null,
    invoice_number: null,
    invoice_url: null,
    invoice_pdf_url: null,
    created_at: at.toISOString(),
  };
}

/** All of it goes back: the market's people cancel in good time. */
function createRefund(
  factories: Factories,
  payment: Row<"payments">,
  booking: Row<"bookings">,
  at: Date,
): Row<"refunds"> {
  const { faker } = factories;
  return {
    id: faker.string.uuid(),
    order_id: payment.order_id,
    payment_id: payment.id,
    booking_id: booking.id,
    reason: booking.cancelled_by === "coach" ? "coach_cancelled" : "client_cancelled",
    status: "succeeded",
    amount_cents: payment.amount_cents,
    tax_cents: 0,
    stripe_refund_id: `re_demo_${faker.string.alphanumeric(16)}`,
    created_at: at.toISOString(),
    settled_at: after(at, 1).toISOString(),
    is_elsewhere: false,
    followed_up_at: null,
    rest_of_id: null,
  };
}

/** The meeting as Zoom reported it, or as it was called off. */
function createMeeting(
  factories: Factories,
  { hostId, startsAt }: Appointment,
  booking: Row<"bookings">,
): Row<"meetings"> {
  const { faker } = factories;
  const zoomMeetingId = `1${faker.string.numeric(10)}`;
  const wasHeld = booking.status === "completed";
  return {
    id: faker.string.uuid(),
    booking_id: booking.id,
    group_date_id: null,
    host_id: hostId,
    status: wasHeld ? "ready" : "cancelled",
    starts_at: booking.starts_at,
    ends_at: booking.ends_at,
    zoom_meeting_id: zoomMeetingId,
    join_url: `https://zoom.example/j/${zoomMeetingId}`,
    moves: 0,
    recording_changes: 0,
    attendance_read_at: wasHeld ? booking.completed_at : null,
    started_at: wasHeld ? after(startsAt, -2).toISOString() : null,
    ended_at: wasHeld ? booking.ends_at : null,
    created_at: booking.confirmed_at ?? booking.created_at,
  };
}
