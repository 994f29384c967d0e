/*
 * Puts a row back after a failed attempt, later each time: 10 s, 20 s, 40 s … at most an
 * hour. After 12 attempts, or at once when the vendor says that no retry can help, it is
 * marked failed, where the admins' snippet finds it.
 * `retry_after_seconds` is what a vendor asked us to wait: it has done nothing, so this attempt
 * does not count.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.fail_outbox(
  outbox_id bigint,
  error text,
  is_permanent boolean default false,
  retry_after_seconds integer default null
)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  update private.outbox
  set locked_until = null,
      attempts = outbox.attempts - (fail_outbox.retry_after_seconds is not null)::integer,
      last_error = left(fail_outbox.error, 500),
      status = case
        when fail_outbox.is_permanent then 'failed'
        when outbox.attempts >= 12 and fail_outbox.retry_after_seconds is null then 'failed'
        else 'pending'
      end::private.outbox_status,
      run_after = now() + make_interval(secs => coalesce(
        fail_outbox.retry_after_seconds,
        least(3600, 10 * power(2, least(outbox.attempts, 10) - 1))
      ))
  where outbox.id = fail_outbox.outbox_id
    and outbox.status = 'pending';
$$;

grant execute on function public.fail_outbox(bigint, text, boolean, integer) to service_role;
