/*
 * Puts a row back after a failed attempt, later each time: 10 s, 20 s, 40 s … at most an
 * hour. After 12 attempts, or at once when the vendor says that no retry can help, it is
 * marked failed, where the admins' snippet finds it, and a mail its person (record_unsent_mail).
 * `retry_after_seconds` is what a vendor asked us to wait: it has done nothing, so this attempt
 * does not count. A meeting that Zoom wants to make only in hours is tried with another host at
 * once, if one is free.
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
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_row private.outbox;
begin
  -- Whether a mail left is known only of a first attempt: of an earlier one nobody said.
  if fail_outbox.is_permanent or fail_outbox.retry_after_seconds is not null then
    perform private.note_not_sent(outbox.payload)
    from private.outbox
    where outbox.id = fail_outbox.outbox_id
      and outbox.topic in ('mail', 'mail_digest')
      and outbox.status = 'pending'
      and outbox.attempts <= 1;
  end if;

  update private.outbox
  set locked_until = null,
      attempts = outbox.attempts - (fail_outbox.retry_after_seconds is not null)::integer,
      last_error = left(regexp_replace(fail_outbox.error, '[^\s"''<>(]+@[^\s"''<>)]+', '(an address)', 'g'), 500),
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
    and outbox.status = 'pending'
  returning * into v_row;

  if v_row.status = 'failed' and v_row.topic in ('mail', 'mail_digest') then
    perform private.record_unsent_mail(v_row.payload);
  end if;

  -- A limit of a second is over in moments, that of a host's day at midnight (UTC). After an attempt
  -- that was cut off the host may have the meeting already, and keeps it.
  if v_row.topic = 'zoom.create_meeting' and v_row.attempts < 1 and fail_outbox.retry_after_seconds > 600 then
    if private.rest_host((v_row.payload ->> 'meeting_id')::uuid, fail_outbox.retry_after_seconds) then
      update private.outbox set run_after = now() where outbox.id = v_row.id;
    end if;
  end if;
end;
$$;

grant execute on function public.fail_outbox(bigint, text, boolean, integer) to service_role;
