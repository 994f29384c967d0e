/*
 * What a vendor said, without what could tell of a person: numbers, yes and no, and of the texts only
 * ids, kinds, states and times, by the names that vendors give those. Names, addresses, phones, free
 * text and links are left out whatever they are called: what we need of them has a column of its own,
 * and what is kept here is for finding out what happened.
 */
create function private.without_people(told jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case jsonb_typeof(without_people.told)
    when 'object' then (
      select coalesce(jsonb_object_agg(field.key, private.without_people(field.value)), '{}')
      from jsonb_each(without_people.told) as field
      where field.key <> 'dob'
        and (
          jsonb_typeof(field.value) <> 'string'
          or field.key ~ '(^|_)(id|uuid|uri|at|time|type|event|object|status|mode|currency|source|destination|account|customer|subscription|invoice|charge|intent)$'
            and field.value #>> '{}' ~ '^[A-Za-z0-9_:./+=-]*$'
        )
    )
    when 'array' then (
      select coalesce(jsonb_agg(private.without_people(item.value) order by item.ordinality), '[]')
      from jsonb_array_elements(without_people.told) with ordinality as item
      where jsonb_typeof(item.value) <> 'string'
    )
    else without_people.told
  end;
end;
$$;

/*
 * A text without the names and addresses of somebody who has left: `names`, the longest first. Only
 * whole words as they are written there, so that nothing else is changed.
 */
create function private.without_names(words text, names text[])
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_words text := without_names.words;
  v_name text;
begin
  foreach v_name in array without_names.names loop
    v_words := regexp_replace(
      v_words, '(^|[^[:alnum:]])' || regexp_replace(v_name, '([^[:alnum:]])', '\\\1', 'g') || '(?![[:alnum:]])',
      '\1A former member', 'g'
    );
  end loop;
  return v_words;
end;
$$;
