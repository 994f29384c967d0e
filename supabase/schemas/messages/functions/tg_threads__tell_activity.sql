/*
 * Something happened that a thread shows (conversation_events): its browsers are told to look (tell_activity). One function for
 * all tables of these: what is told is to be compared with what is shown.
 *
 * Never fails: what it tells of must not be undone because nobody could be told.
 *
 * Security definer: realtime.send is not granted to clients.
 */
create function private.tg_threads__tell_activity()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_order_id uuid;
begin
  case tg_table_name
    when 'booking_events' then
      if private.session_activity(new) is not null then
        select bookings.order_id into v_order_id from public.bookings where bookings.id = new.booking_id;
      end if;
    when 'orders' then
      if new.paid_at is not null and old.paid_at is null and new.amount_cents > 0 then
        v_order_id := new.id;
      end if;
    when 'refunds' then
      if new.status = 'succeeded' and new.settled_at is not null and not coalesce(old.status = 'succeeded' and old.settled_at is not null, false) then
        v_order_id := new.order_id;
      end if;
    when 'reviews' then
      if (new.published_at is not null and new.removed_at is null) <> (old.published_at is not null and old.removed_at is null) then
        select bookings.order_id into v_order_id from public.bookings where bookings.id = new.booking_id;
      end if;
  end case;

  perform private.tell_activity(v_order_id);
  return null;
exception
  when others then
    raise warning 'tg_threads__tell_activity: %', sqlerrm;
    return null;
end;
$$;
