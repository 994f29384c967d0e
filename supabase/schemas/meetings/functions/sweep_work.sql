/* What every meeting of ours says in its agenda at Zoom, before its id. */
create function private.meeting_mark()
returns text
language sql
immutable
set search_path = ''
as $$
  select 'Walkthrough meeting ';
$$;

/*
 * What `dispatch` needs to compare a host's list at Zoom with ours: the days to look at (null:
 * all), our mark, and the numbers of the meetings that must be there. They are read before
 * Zoom's list is, so that one made meanwhile is not taken for missing.
 */
create function private.sweep_work(host_id text, days integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'host_id', sweep_work.host_id,
    'mark', private.meeting_mark(),
    'from', case when sweep_work.days is not null then current_date end,
    'to', current_date + sweep_work.days,
    'expected', coalesce(jsonb_agg(meetings.zoom_meeting_id), '[]')
  )
  from public.meetings
  where meetings.host_id = sweep_work.host_id
    and meetings.status = 'ready'
    and private.is_awaited(meetings)
    and (sweep_work.days is null or meetings.starts_at < now() + make_interval(days => sweep_work.days));
$$;

/*
 * What `dispatch` needs to delete a meeting that only Zoom knows, or null when a meeting of ours
 * has its number by now.
 */
create function private.delete_orphan_work(host_id text, zoom_meeting_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'host_id', delete_orphan_work.host_id,
    'zoom_meeting_id', delete_orphan_work.zoom_meeting_id,
    'agenda', ''
  )
  where not exists (
    select from public.meetings
    where meetings.zoom_meeting_id = delete_orphan_work.zoom_meeting_id
      and meetings.status = 'ready'
  );
$$;
