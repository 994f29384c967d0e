/*
 * The client lets a time go instead of paying. Letting go twice is once. Raises: OBNFD.
 *
 * Security definer: nobody may update bookings.
 */
create function public.release_hold(booking_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order_id uuid;
begin
  select bookings.order_id into v_order_id
  from public.bookings
  where bookings.id = release_hold.booking_id
    and bookings.client_id = private.current_profile_id();

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  perform private.lapse_hold(v_order_id, 'client');
end;
$$;

grant execute on function public.release_hold(uuid) to authenticated;
