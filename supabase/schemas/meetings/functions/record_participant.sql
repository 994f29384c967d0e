/*
 * One visit of a person to a meeting, from the event that they came or the one that they
 * left, whichever is first, or from Zoom's list after the end. Nothing happens for a meeting
 * that is not ours.
 */
create function private.record_participant(meeting_id uuid, participant jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into private.meeting_participants as visit (
    meeting_id, participant_uuid, display_name, registrant_id, zoom_user_id, customer_key, joined_at, left_at
  )
  select record_participant.meeting_id,
    coalesce(record_participant.participant ->> 'participant_uuid', record_participant.participant ->> 'user_id'),
    left(coalesce(record_participant.participant ->> 'user_name', ''), 200),
    nullif(record_participant.participant ->> 'registrant_id', ''),
    coalesce(nullif(record_participant.participant ->> 'id', ''), record_participant.participant ->> 'participant_user_id'),
    nullif(record_participant.participant ->> 'customer_key', ''),
    (record_participant.participant ->> 'join_time')::timestamptz,
    (record_participant.participant ->> 'leave_time')::timestamptz
  where record_participant.meeting_id is not null
  on conflict (meeting_id, participant_uuid) do update
  set registrant_id = coalesce(visit.registrant_id, excluded.registrant_id),
      zoom_user_id = coalesce(visit.zoom_user_id, excluded.zoom_user_id),
      customer_key = coalesce(visit.customer_key, excluded.customer_key),
      joined_at = least(visit.joined_at, excluded.joined_at),
      left_at = greatest(visit.left_at, excluded.left_at);
$$;
