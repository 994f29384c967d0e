/*
 * A coach calls a date off: nobody can take a seat from here on, everybody who has one gets all
 * of their money back and is told, the meeting goes. Calling off twice is once. The reason is read
 * by those who had a seat. Raises: UPSGN, UPONB, OCNON, OCSUS, OGNFD (not their date, or no such
 * one), OGOVR (it has begun).
 *
 * Security definer: nobody may update dates or bookings.
 */
create function public.call_off_date(group_date_id uuid, reason text default '')
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_date public.group_dates;
begin
  select * into v_date
  from public.group_dates
  where group_dates.id = call_off_date.group_date_id
    and group_dates.coach_id = v_coach.id
  for update;

  if not found then
    raise exception 'There is no such date.' using errcode = 'OGNFD';
  end if;

  if v_date.starts_at <= now() then
    raise exception 'This date has begun, and can no longer be called off.' using errcode = 'OGOVR';
  end if;

  update public.group_dates
  set called_off_at = now(), call_off_reason = left(trim(call_off_date.reason), 500)
  where group_dates.id = v_date.id and group_dates.called_off_at is null;

  perform private.empty_date(v_date.id);
end;
$$;

grant execute on function public.call_off_date(uuid, text) to authenticated;

/*
 * Cancels the seats of a date that was called off, as the coach's. The caller holds the date's
 * lock, which everywhere else comes after order and booking: so a seat that somebody is at is left
 * to empty_dates, and nobody waits for each other.
 */
create function private.empty_date(group_date_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings;
begin
  for v_booking in
    select bookings.*
    from public.bookings
    join public.orders on orders.id = bookings.order_id
    where bookings.group_date_id = empty_date.group_date_id
      and bookings.status in ('held', 'confirmed')
    order by bookings.id
    for update of orders, bookings skip locked
  loop
    perform private.lapse_hold(v_booking.order_id, 'coach');
    perform private.call_off(
      v_booking, 'coach', private.refundable_cents(v_booking, 'coach'), group_dates.call_off_reason
    )
    from public.group_dates
    where group_dates.id = v_booking.group_date_id;
  end loop;
end;
$$;

/* Run by cron: cancels what empty_date left at dates to come, because somebody was at it. */
create function private.empty_dates()
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_date_id uuid;
begin
  for v_date_id in
    select group_dates.id
    from public.group_dates
    where group_dates.called_off_at is not null
      and group_dates.starts_at > now()
      and exists (
        select from public.bookings
        where bookings.group_date_id = group_dates.id and bookings.status in ('held', 'confirmed')
      )
    for update of group_dates skip locked
  loop
    perform private.empty_date(v_date_id);
  end loop;
end;
$$;
