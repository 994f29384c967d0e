/*
 * A client takes a seat at a date of a group session: an order at the price as it is now, and a
 * booking that holds the seat while they pay, as request_booking holds a time. `is_name_shown`:
 * whether those who agreed as well read their name. Returns the booking's id.
 *
 * The race for the last seat is decided by tg_bookings__keep_to_dates, under the date's lock,
 * which is taken here before lapsed holds are looked for: they give their seats back at once.
 *
 * Raises: UPSGN, UPONB, UPZON, OGNFD (no such date), OFGON (offer or coach gone), OBOWN (one's own
 * date), OBMNY (too many open holds), OGOVR (begun or called off), OGTWO (has a seat there), OGFUL.
 * Security definer: nobody may insert bookings or orders.
 */
create function public.take_seat(
  group_date_id uuid,
  time_zone text,
  note text default '',
  is_name_shown boolean default false,
  coupon text default ''
)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_date public.group_dates;
  v_booking_id uuid;
  v_order_id uuid;
begin
  if not private.is_time_zone(take_seat.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(private.offer_of_date(take_seat.group_date_id), v_client.id);
  perform private.require_few_holds(v_client.id);

  select * into v_date from public.group_dates where group_dates.id = take_seat.group_date_id for update;

  if v_date.called_off_at is not null or v_date.starts_at <= now() then
    raise exception 'This date has begun or was called off. Choose another one.' using errcode = 'OGOVR';
  end if;

  perform private.expire_lapsed_holds(v_date.coach_id, v_date.during);
  perform private.require_no_seat(v_date.id, v_client.id);

  insert into public.bookings (
    order_id, offer_id, coach_id, client_id, group_date_id, starts_at, ends_at, client_time_zone, note,
    is_name_shown, hold_expires_at
  )
  values (
    private.create_order(v_offer, v_client.id), v_offer.id, v_date.coach_id, v_client.id, v_date.id,
    v_date.starts_at, v_date.ends_at, take_seat.time_zone, left(trim(take_seat.note), 1000),
    take_seat.is_name_shown, now() + make_interval(mins => (private.settings()).hold_minutes)
  )
  returning bookings.id, bookings.order_id into v_booking_id, v_order_id;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  values (v_booking_id, 'client', v_client.id, 'held');

  perform private.apply_coupon(v_order_id, take_seat.coupon);

  return v_booking_id;
end;
$$;

grant execute on function public.take_seat(uuid, text, text, boolean, text) to authenticated;

/*
 * As which offer a seat at a date is sold: the version of its lineage that is on sale, null when
 * it is on sale no more. Raises: OGNFD.
 */
create function private.offer_of_date(group_date_id uuid)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_lineage_id uuid;
begin
  select offers.lineage_id into v_lineage_id
  from public.group_dates
  join public.offers on offers.id = group_dates.offer_id
  where group_dates.id = offer_of_date.group_date_id;

  if not found then
    raise exception 'There is no such date.' using errcode = 'OGNFD';
  end if;

  return (select offers.id from public.offers where offers.lineage_id = v_lineage_id and offers.archived_at is null);
end;
$$;

/*
 * Refuses a second seat of a client at one date. Who asks for two at once holds the client's lock
 * (require_few_holds) or the date's; bookings_one_seat_per_client_and_date would refuse it anyhow.
 * Raises: OGTWO.
 */
create function private.require_no_seat(group_date_id uuid, client_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  if exists (
    select from public.bookings
    where bookings.group_date_id = require_no_seat.group_date_id
      and bookings.client_id = require_no_seat.client_id
      and bookings.status in ('held', 'requested', 'confirmed')
  ) then
    raise exception 'You have a seat at this date already.' using errcode = 'OGTWO';
  end if;
end;
$$;
