/*
 * Notes what became of a mail, as Resend's webhooks tell it (https://resend.com/docs/webhooks/event-types).
 * Takes the event and the id of its delivery. Returns false when it was applied before. What ends mail to an
 * address is a bounce for good (type Permanent; others may pass), that Resend itself no longer writes there
 * (suppressed), and a complaint.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.apply_resend_event(event_id text, event jsonb)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_type text := apply_resend_event.event ->> 'type';
  v_data jsonb := apply_resend_event.event -> 'data';
  v_reason public.mail_stop := case
    when v_type = 'email.bounced' and v_data #>> '{bounce,type}' = 'Permanent' then 'bounce'
    when v_type = 'email.suppressed' then 'bounce'
    when v_type = 'email.complained' then 'complaint'
  end;
begin
  if not private.claim_webhook_event('resend', apply_resend_event.event_id, v_type, apply_resend_event.event) then
    return false;
  end if;

  perform private.note_mail_events(v_data ->> 'email_id');
  if v_reason is not null then
    perform private.stop_mail(
      regexp_replace(recipient.address, '^.*<(.*)>$', '\1'), v_reason, (v_data ->> 'created_at')::timestamptz
    )
    from jsonb_array_elements_text(v_data -> 'to') as recipient (address);
  end if;
  return true;
end;
$$;

grant execute on function public.apply_resend_event(text, jsonb) to service_role;
