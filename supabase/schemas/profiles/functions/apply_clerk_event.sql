/*
 * Keeps a profile in step with Clerk. Takes the event Clerk delivered and its id. Returns
 * false when it was applied before. Events come in any order: an older state of a person
 * never replaces a newer one, and a deleted person stays deleted.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.apply_clerk_event(event_id text, event jsonb)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_type text := apply_clerk_event.event ->> 'type';
begin
  if not private.claim_webhook_event('clerk', apply_clerk_event.event_id, v_type, apply_clerk_event.event) then
    return false;
  end if;

  case v_type
    when 'user.created', 'user.updated' then
      perform private.sync_clerk_user(apply_clerk_event.event -> 'data');
    when 'user.deleted' then
      perform private.forget_clerk_user(apply_clerk_event.event -> 'data' ->> 'id');
    else
      null; -- Sessions and the rest: noted, without effect.
  end case;

  return true;
end;
$$;

grant execute on function public.apply_clerk_event(text, jsonb) to service_role;
