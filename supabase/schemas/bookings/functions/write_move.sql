/*
 * Writes a move that is allowed: the booking at its new time, or a seat at its new date, who
 * moved it and why, the meeting along with it; both are told. The caller holds the locks of
 * order, booking and calendar. Raises: OBTKN, and of a seat OGOVR, OGFUL.
 */
create function private.write_move(
  booking public.bookings,
  actor public.booking_actor,
  starts_at timestamptz,
  reason text,
  group_date_id uuid default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform private.set_time(
    write_move.booking, write_move.actor, write_move.starts_at, write_move.reason, write_move.group_date_id
  );
  perform private.notify_parties((write_move.booking).id, 'booking_moved', (write_move.booking).sequence + 2);
end;
$$;

/* The same without telling anybody: whoever moves several at once tells of all in one mail. */
create function private.set_time(
  booking public.bookings,
  actor public.booking_actor,
  starts_at timestamptz,
  reason text,
  group_date_id uuid default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_ends_at timestamptz := set_time.starts_at + ((set_time.booking).ends_at - (set_time.booking).starts_at);
  v_sequence integer := (set_time.booking).sequence + 1;
begin
  begin
    update public.bookings
    set group_date_id = set_time.group_date_id,
        starts_at = set_time.starts_at,
        ends_at = v_ends_at,
        sequence = v_sequence,
        moved_at = now(),
        moved_by = set_time.actor,
        refund_cap_cents = case
          when set_time.actor = 'client' then private.agreed_refund_cents(set_time.booking, 'client')
        end
    where bookings.id = (set_time.booking).id;
  exception when exclusion_violation then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    (set_time.booking).id, set_time.actor,
    case when set_time.actor in ('client', 'coach') then private.current_profile_id() end,
    'confirmed', 'confirmed',
    jsonb_build_object(
      'from', (set_time.booking).starts_at, 'to', set_time.starts_at,
      'sequence', v_sequence, 'reason', left(trim(set_time.reason), 500)
    )
  );
  perform private.move_meeting((set_time.booking).id);
end;
$$;

/*
 * Refuses a new start at which the coach does not offer a session like this one. What lapsed
 * holds took is freed first. `moving_ids` are the bookings on their way to another time, this one
 * among them. Raises: OBTIM, OBTKN.
 */
create function private.require_free_move(booking public.bookings, starts_at timestamptz, moving_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_offer public.offers;
begin
  if require_free_move.starts_at = (require_free_move.booking).starts_at then
    raise exception 'This is the time the session has already. Choose another one.' using errcode = 'OBTIM';
  end if;

  select * into v_offer from public.offers where offers.id = (require_free_move.booking).offer_id;
  perform private.expire_lapsed_holds(
    (require_free_move.booking).coach_id,
    tstzrange(
      require_free_move.starts_at,
      require_free_move.starts_at + ((require_free_move.booking).ends_at - (require_free_move.booking).starts_at)
    )
  );

  if not private.is_free(v_offer, require_free_move.starts_at, require_free_move.moving_ids) then
    perform private.refuse_time(v_offer, require_free_move.starts_at, require_free_move.moving_ids);
  end if;
end;
$$;
