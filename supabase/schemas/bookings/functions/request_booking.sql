/*
 * A client takes a time: it is held while they pay (platform_settings.hold_minutes). A free intro
 * call is confirmed at once. Returns the booking's id. Takes the start as an instant, and the
 * client's own zone for their mails.
 *
 * Raises: UPSGN, UPONB, UPZON, OFGON (offer or coach gone), OBOWN (one's own offer), OBMNY
 * (too many open holds), OBINT (had the intro call), OBINM (too many of them ahead), OBTIM (not a
 * time that is offered), OBTKN (somebody was faster); with a coupon what apply_coupon raises.
 * Security definer: nobody may insert bookings or orders.
 */
create function public.request_booking(
  offer_id uuid,
  starts_at timestamptz,
  time_zone text,
  note text default '',
  coupon text default ''
)
returns uuid
language sql
volatile
security definer
set search_path = ''
as $$
  select private.hold_times(
    request_booking.offer_id, array[request_booking.starts_at], request_booking.time_zone, request_booking.note,
    request_booking.coupon
  );
$$;

grant execute on function public.request_booking(uuid, timestamptz, text, text, text) to authenticated;
