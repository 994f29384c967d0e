/* What is known of who came, as one sentence for both parties. Null: it can't be told. */
create function private.attendance_sentence(
  client_name text,
  coach_name text,
  client boolean,
  coach boolean,
  client_minutes integer,
  coach_minutes integer,
  minutes_together integer
)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when client and coach and minutes_together > 0 then
      format('%s and %s were in the meeting together for %s.', client_name, coach_name, private.minutes_in_words(minutes_together))
    when client and coach then
      format('%s and %s were both in the meeting, but not at the same time for as long as a minute.', client_name, coach_name)
    when coach and not client then
      format('%s was in the meeting for %s. %s did not come.', coach_name, private.minutes_in_words(coach_minutes), client_name)
    when client and not coach then
      format('%s was in the meeting for %s. %s did not come.', client_name, private.minutes_in_words(client_minutes), coach_name)
    when not client and not coach then 'Nobody came to the meeting.'
    when coach then
      format('%s was in the meeting for %s. Zoom cannot tell us whether %s was there, too.', coach_name, private.minutes_in_words(coach_minutes), client_name)
    when client then
      format('%s was in the meeting for %s. Zoom cannot tell us whether %s was there, too.', client_name, private.minutes_in_words(client_minutes), coach_name)
    else 'Zoom cannot tell us who was in the meeting.'
  end;
$$;

/* A number of minutes as one says it. */
create function private.minutes_in_words(minutes integer)
returns text
language sql
immutable
set search_path = ''
as $$
  select case minutes
    when 0 then 'less than a minute'
    when 1 then '1 minute'
    else minutes || ' minutes'
  end;
$$;
