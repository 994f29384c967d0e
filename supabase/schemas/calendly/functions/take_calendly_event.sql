/*
 * Brings us in line with an event at Calendly as Calendly has it at this moment: what a sync
 * finds that no webhook has told. `event` has the shape of a webhook, and its payload `made_at`
 * besides: when the first of the invitees was made that were rescheduled into this one. Doing
 * it again changes nothing.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.take_calendly_event(coach_id uuid, event jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_payload jsonb := take_calendly_event.event -> 'payload';
begin
  if take_calendly_event.event ->> 'event' = 'invitee.canceled' then
    perform private.follow_calendly_cancellation(take_calendly_event.coach_id, v_payload);
  elsif not private.follow_calendly_move(take_calendly_event.coach_id, v_payload) then
    perform private.take_calendly_booking(take_calendly_event.coach_id, v_payload);
  end if;
end;
$$;

grant execute on function public.take_calendly_event(uuid, jsonb) to service_role;

/*
 * Keeps what somebody booked at Calendly, if its event type is one of our offers and its coach
 * wants such bookings here; anything else stays a busy time. Our own events are told by the
 * booking's id in utm_content: the answer to the call that made one may still be on its way.
 */
create function private.take_calendly_booking(coach_id uuid, payload jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_event jsonb := take_calendly_booking.payload -> 'scheduled_event';
  v_starts_at timestamptz := (v_event ->> 'start_time')::timestamptz;
  v_ends_at timestamptz := (v_event ->> 'end_time')::timestamptz;
  v_time_zone text := take_calendly_booking.payload ->> 'timezone';
  v_offer public.offers := private.calendly_offer_of(
    take_calendly_booking.coach_id, v_event ->> 'event_type',
    take_calendly_booking.payload #>> '{tracking,utm_campaign}',
    (take_calendly_booking.payload ->> 'made_at')::timestamptz
  );
  v_id uuid;
begin
  if v_offer.id is null
    or v_starts_at <= now()
    or private.is_own_calendly_event(take_calendly_booking.payload ->> 'event')
    or exists (
      select from public.bookings
      where bookings.id = private.uuid_or_null(take_calendly_booking.payload #>> '{tracking,utm_content}')
        and bookings.coach_id = take_calendly_booking.coach_id
    ) then
    return;
  end if;

  insert into private.calendly_bookings (
    coach_id, offer_id, event_type_uri, event_uri, invitee_uri, name, email, time_zone, note, reschedule_url,
    starts_at, ends_at, pay_by
  )
  values (
    v_offer.coach_id, v_offer.id, v_event ->> 'event_type',
    take_calendly_booking.payload ->> 'event', take_calendly_booking.payload ->> 'uri',
    left(take_calendly_booking.payload ->> 'name', 200), take_calendly_booking.payload ->> 'email',
    case when private.is_time_zone(v_time_zone) then v_time_zone else 'America/New_York' end,
    private.calendly_answers(take_calendly_booking.payload), take_calendly_booking.payload ->> 'reschedule_url',
    v_starts_at, v_ends_at,
    least(now() + make_interval(mins => (private.settings()).calendly_pay_minutes), v_starts_at)
  )
  on conflict do nothing -- Two syncs found it at once.
  returning calendly_bookings.id into v_id;

  if v_id is not null then
    perform private.place_calendly_booking(v_id);
  end if;
end;
$$;

/*
 * The offer that is booked when somebody books this event type at Calendly, or no row: the
 * coach is not listed, does not want it, chose the event type or began to want it only after
 * `made_at`, or wants to be asked first. Several offers may be one event type; `hint`, which
 * our links carry and anybody may forge, chooses between them, else the oldest is meant.
 */
create function private.calendly_offer_of(coach_id uuid, event_type_uri text, hint text, made_at timestamptz)
returns public.offers
language sql
stable
set search_path = ''
as $$
  select offers.*
  from private.calendly_connections
  join public.coaches on coaches.id = calendly_connections.coach_id and coaches.status = 'approved'
  join public.calendly_event_types
    on calendly_event_types.coach_id = coaches.id and calendly_event_types.uri = calendly_offer_of.event_type_uri
  join public.calendly_offers on calendly_offers.event_type_id = calendly_event_types.id
  join public.offers
    on offers.lineage_id = calendly_offers.lineage_id
    and offers.archived_at is null
    and offers.is_instant
    and offers.kind in ('session', 'intro_call') -- Other kinds have dates, or are paid for, here alone.
    and offers.duration_minutes = calendly_event_types.duration_minutes
  where calendly_connections.coach_id = calendly_offer_of.coach_id
    and calendly_connections.intake <> 'off'
    and calendly_offer_of.made_at >= greatest(calendly_connections.intake_began_at, calendly_offers.chosen_at)
  order by offers.lineage_id::text = calendly_offer_of.hint desc nulls last, offers.created_at, offers.id
  limit 1;
$$;

/* What was answered to the coach's questions at Calendly, as the note of a booking. */
create function private.calendly_answers(payload jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(coalesce(string_agg(entry.answer, E'\n' order by entry.position), ''), 1000)
  from jsonb_to_recordset(
    case jsonb_typeof(calendly_answers.payload -> 'questions_and_answers')
      when 'array' then calendly_answers.payload -> 'questions_and_answers'
      else '[]'
    end
  ) as entry (answer text, position integer);
$$;
