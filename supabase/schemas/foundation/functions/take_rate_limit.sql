/*
 * Counts one more try of a subject in a bucket. Returns 0 when it is allowed, else the
 * seconds to wait until the window ends. `subject` is a hash: no address is stored.
 * Concurrent tries of one subject queue on its row, so none is counted twice or missed.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.take_rate_limit(
  bucket text,
  subject text,
  max_hits integer,
  window_seconds integer
)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_window interval := make_interval(secs => take_rate_limit.window_seconds);
  v_limit private.rate_limits;
begin
  insert into private.rate_limits as current (bucket, subject, hits)
  values (take_rate_limit.bucket, take_rate_limit.subject, 1)
  on conflict (bucket, subject) do update
  set hits = case when current.window_started <= now() - v_window then 1 else current.hits + 1 end,
      window_started = case when current.window_started <= now() - v_window then now() else current.window_started end
  returning * into v_limit;

  if v_limit.hits <= take_rate_limit.max_hits then
    return 0;
  end if;

  return greatest(1, ceil(extract(epoch from v_limit.window_started + v_window - now())))::integer;
end;
$$;

grant execute on function public.take_rate_limit(text, text, integer, integer) to service_role;
