/*
 * Whoever changes a practice's status, a function or an admin in Studio's table editor:
 * only a complete one can be approved, the change is audited, and the coach is told. Since when it is suspended is
 * noted, and forgotten when that is lifted; who leaves has the status of it and is not suspended by that.
 * Raises: OCINC.
 *
 * Security definer: the audit log and the outbox are not granted to anyone.
 */
create function private.tg_coaches__status_changed()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if new.status = 'approved' and private.missing_in_practice(new) is not null then
    raise exception 'A practice needs a profile, weekly hours and an offer before it is approved.'
      using errcode = 'OCINC';
  end if;

  if new.status = 'approved' and new.approved_at is null then
    new.approved_at := now();
    perform private.notify(new.profile_id, 'coach_approved', new.id);
  end if;

  if new.status <> 'suspended' then
    new.suspended_at := null;
  elsif not exists (select from public.profiles where profiles.id = new.profile_id and profiles.deleted_at is not null) then
    new.suspended_at := coalesce(new.suspended_at, now());
  end if;

  insert into private.audit_log (table_name, row_id, action, actor, before, after)
  values (
    'coaches', new.id, 'status', coalesce(auth.jwt() ->> 'sub', session_user),
    jsonb_build_object('status', old.status, 'suspended_at', old.suspended_at),
    jsonb_build_object('status', new.status, 'suspended_at', new.suspended_at)
  );

  return new;
end;
$$;

/*
 * A row that begins as approved would be found without hours, offers or a word in the audit
 * log: it begins as anything else and is approved after. Raises: OCINC.
 */
create function private.tg_coaches__begin_unapproved()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'Add the practice as a draft with its hours and offers, then approve it.'
    using errcode = 'OCINC';
end;
$$;

/*
 * Search follows the facts in the same transaction.
 *
 * Security definer: search rows are written by nobody else.
 */
create function private.tg_coaches__refresh_listing()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.refresh_listing(new.id);
  return null;
end;
$$;

/*
 * The same for what belongs to a coach: offers and reviews.
 *
 * Security definer: search rows are written by nobody else.
 */
create function private.tg_coach_facts__refresh_listing()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.refresh_listing(case tg_op when 'DELETE' then old.coach_id else new.coach_id end);
  return null;
end;
$$;
