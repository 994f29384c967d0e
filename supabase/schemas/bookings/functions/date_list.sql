/*
 * Starts as a person reads them, in order and in a zone of theirs, for a sentence that names
 * them: "Tuesday, December 8 at 9:00 AM; Tuesday, December 15 at 9:00 AM".
 */
create function private.date_list(starts timestamptz[], time_zone text)
returns text
language sql
stable
set search_path = ''
as $$
  select string_agg(
    to_char(start at time zone date_list.time_zone, 'FMDay, FMMonth FMDD "at" FMHH12:MI AM'), '; ' order by start
  )
  from unnest(date_list.starts) as start;
$$;
