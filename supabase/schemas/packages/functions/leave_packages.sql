/*
 * A person leaves: packages that they bought or sold end, and what is left of them goes back as
 * money; those that wait for their payment expire. In one order, so that two who leave never wait
 * for each other.
 */
create function private.leave_packages(profile_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_order public.orders;
begin
  for v_order in
    select orders.*
    from public.orders
    join public.coaches on coaches.id = orders.coach_id
    where leave_packages.profile_id in (orders.client_id, coaches.profile_id)
      and (orders.credits_end_at > now() or orders.status = 'pending')
    order by orders.id
  loop
    if v_order.credits_end_at is not null then
      perform private.end_credits(v_order.id, 'The account was closed.');
    else
      perform private.expire_package(v_order.id);
    end if;
  end loop;
end;
$$;
