/*
 * Hands due work to one worker: each row to exactly one, for `lease_seconds`.
 * A worker that dies loses its lease, and the row is due again. Attempts count claims: a row
 * whose twelfth worker has died as well is marked failed, so that work which kills its
 * workers does not go round for ever; of a mail, its person finds that in their log.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.claim_outbox(max_rows integer, lease_seconds integer)
returns table (id bigint, topic text, attempts integer)
language sql
volatile
security definer
set search_path = ''
as $$
  with given_up as (
    update private.outbox
    set status = 'failed', locked_until = null, last_error = 'Every worker that took it died.'
    where outbox.status = 'pending'
      and outbox.attempts >= 12
      and outbox.locked_until <= now()
    returning outbox.topic, outbox.payload
  )
  select private.record_unsent_mail(given_up.payload)
  from given_up
  where given_up.topic in ('mail', 'mail_digest');

  update private.outbox
  set attempts = outbox.attempts + 1,
      locked_until = now() + make_interval(secs => claim_outbox.lease_seconds)
  where outbox.id in (
    select due.id
    from private.outbox as due
    where due.status = 'pending'
      and due.run_after <= now()
      and (due.locked_until is null or due.locked_until <= now())
    order by due.run_after, due.id
    limit claim_outbox.max_rows
    for update skip locked
  )
  returning outbox.id, outbox.topic, outbox.attempts;
$$;

grant execute on function public.claim_outbox(integer, integer) to service_role;
