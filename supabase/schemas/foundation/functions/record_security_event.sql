/*
 * Writes down that something security-relevant happened. `detail` holds codes and ids,
 * never addresses, tokens or passwords.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.record_security_event(kind text, detail jsonb default '{}')
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  insert into private.security_events (kind, detail)
  values (record_security_event.kind, record_security_event.detail);
$$;

grant execute on function public.record_security_event(text, jsonb) to service_role;
