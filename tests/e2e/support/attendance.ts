import { moveBooking, runJob, sql } from "./database.ts";

/**
 * Lets a session be over with one party missing, as Zoom would have told it: the other came by their
 * own link and waited half an hour.
 * @param bookingId a confirmed session
 * @param missing who did not come
 */
export async function endWithout(bookingId: string, missing: "client" | "coach"): Promise<void> {
  await moveBooking(bookingId, -180);
  // At once, or Zoom, where nobody met, is asked who came before this is told.
  await sql.begin(async (begun) => {
    const transaction = begun as unknown as typeof sql; // its own type, an Omit, has lost its call signature
    await transaction`select private.complete_bookings()`;
    await transaction`
      insert into private.meeting_registrants (meeting_id, profile_id, registrant_id, join_url)
      select meetings.id,
        case when ${missing} = 'client' then coaches.profile_id else bookings.client_id end, 'came', ''
      from public.bookings
      join public.coaches on coaches.id = bookings.coach_id
      join public.meetings on meetings.booking_id = bookings.id
      where bookings.id = ${bookingId}
    `;
    await transaction`
      select private.record_attendance(meetings.id, jsonb_build_object('visits', jsonb_build_array(
        jsonb_build_object(
          'participant_uuid', 'came', 'registrant_id', 'came',
          'join_time', bookings.starts_at, 'leave_time', bookings.starts_at + interval '30 minutes'
        )
      )))
      from public.meetings join public.bookings on bookings.id = meetings.booking_id
      where bookings.id = ${bookingId}
    `;
  });
}

/** Lets the time to object be over. */
export async function endObjectionTime(bookingId: string): Promise<void> {
  await sql`
    update public.attendance_decisions set objection_ends_at = now() where booking_id = ${bookingId}
  `;
  await runJob("decide_attendances");
}

/** What an admin does in Studio after looking into an objection. */
export async function settle(bookingId: string, outcome: string, reason: string): Promise<void> {
  await sql`select admin.settle_attendance(${bookingId}, ${outcome}::public.attendance_outcome, ${reason})`;
}
