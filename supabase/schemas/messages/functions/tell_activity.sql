/*
 * Tells the browsers of the thread of an order's coach and client, if there is one, that something happened which it shows.
 * Once in a transaction, whatever happened in it: which threads were told is kept in a setting that ends with it.
 */
create function private.tell_activity(order_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_conversation_id uuid;
  v_told text := coalesce(current_setting('walkthrough.told_threads', true), '');
begin
  select conversations.id into v_conversation_id
  from public.orders
  join public.conversations on conversations.coach_id = orders.coach_id and conversations.client_id = orders.client_id
  where orders.id = tell_activity.order_id;

  if v_conversation_id is not null and position(v_conversation_id::text in v_told) = 0 then
    perform set_config('walkthrough.told_threads', v_told || v_conversation_id, true);
    perform realtime.send('{}', 'activity', 'conversation:' || v_conversation_id, true);
  end if;
end;
$$;
