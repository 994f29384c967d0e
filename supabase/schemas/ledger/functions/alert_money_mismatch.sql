/*
 * Tells the admins what does not add up, once a day and kind of finding: a security event, and a
 * mail with how many there are and the first few (mail_admins).
 */
create function private.alert_money_mismatch()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_found record;
  v_key text;
begin
  for v_found in
    select money_mismatch.what, count(*) as times,
      (array_agg(found.about order by found.about) filter (where found.about is not null))[1:5] as about
    from admin.money_mismatch
    cross join lateral (
      select coalesce(money_mismatch.stripe_id, money_mismatch.order_id::text, money_mismatch.coach_id::text) as about
    ) as found
    group by money_mismatch.what
  loop
    v_key := 'mail_admins:money_mismatch:' || v_found.what || ':' || (now() at time zone 'UTC')::date;
    continue when exists (select from private.outbox where outbox.dedupe_key = v_key);

    perform public.record_security_event('money_mismatch', to_jsonb(v_found));
    perform private.enqueue('mail_admins', v_key, to_jsonb(v_found) || '{"kind": "money_mismatch"}');
  end loop;
end;
$$;
