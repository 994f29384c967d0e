/*
 * An admin lists a coach: `select admin.approve_coach('maria-lopez')` in Studio's editor.
 * The same as setting the status in the table editor; both are audited by the trigger.
 * Takes the slug. Raises: OCNFD (no such coach), OCINC.
 */
create function admin.approve_coach(slug text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.coaches set status = 'approved' where coaches.slug = approve_coach.slug;

  if not found then
    raise exception 'There is no coach %.', approve_coach.slug using errcode = 'OCNFD';
  end if;
end;
$$;

/*
 * An admin takes a coach out of search. Takes the slug and why. One who has left is out of it, but what they wrote can
 * be hidden and what they earned kept all the same. Raises: OCNFD.
 */
create function admin.suspend_coach(slug text, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_coach_id uuid;
begin
  update public.coaches set status = 'suspended', suspended_at = coalesce(coaches.suspended_at, now())
  where coaches.slug = suspend_coach.slug
  returning coaches.id into v_coach_id;

  if v_coach_id is null then
    raise exception 'There is no coach %.', suspend_coach.slug using errcode = 'OCNFD';
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, after)
  values ('coaches', v_coach_id, 'reason', session_user, jsonb_build_object('reason', suspend_coach.reason));
end;
$$;
