/*
 * The public search. Every filter may be null. `sort` is 'rating' (default), 'price',
 * 'newest' or 'soonest' (who can be booked first; a coach who has just been listed comes in
 * with the next run of refresh_next_times). Returns one page of 24 and one row more when there is a next page; no count,
 * which would grow with the table.
 *
 * Security definer: operators on text search and arrays are not leakproof, so under a policy
 * Postgres would not use their index. It reads coach_listings, whose rows and columns here
 * anyone may see anyway. The statement is put together from fixed pieces, values are
 * parameters: each combination of filters gets a plan of its own.
 */
create function public.search_coaches(
  query text default null,
  state text default null,
  specialty text default null,
  language text default null,
  max_price_cents integer default null,
  sort text default 'rating',
  page_number integer default 1
)
returns table (
  coach_id uuid,
  slug text,
  display_name text,
  headline text,
  states text[],
  specialties text[],
  languages text[],
  from_price_cents integer,
  rating_average numeric,
  review_count integer,
  sessions_held integer,
  next_available_at timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_query tsquery := websearch_to_tsquery('english', coalesce(search_coaches.query, ''));
  v_where text := 'true';
  v_from text := '';
  v_order text := case search_coaches.sort
    when 'soonest' then 'next_times.next_at, next_times.coach_id'
    when 'price' then 'listing.from_price_cents, listing.coach_id'
    when 'newest' then 'listing.listed_at desc, listing.coach_id'
    else 'listing.rating_score desc, listing.coach_id'
  end;
begin
  if numnode(v_query) > 0 then
    v_where := v_where || ' and listing.document @@ $1';
  end if;
  if search_coaches.state is not null then
    v_where := v_where || ' and listing.states @> array[$2]';
  end if;
  if search_coaches.specialty is not null then
    v_where := v_where || ' and listing.specialties @> array[$3]';
  end if;
  if search_coaches.language is not null then
    v_where := v_where || ' and listing.languages @> array[$4]';
  end if;
  if search_coaches.max_price_cents is not null then
    v_where := v_where || ' and listing.from_price_cents <= $5';
  end if;

  if search_coaches.sort = 'soonest' then
    v_from := 'join private.next_times on next_times.coach_id = listing.coach_id';
  end if;

  return query execute format(
    $query$
      select found.coach_id, coaches.slug, coaches.display_name, coaches.headline, found.states,
        found.specialties, found.languages, found.from_price_cents, found.rating_average,
        found.review_count, found.sessions_held, private.next_available_at(found.coach_id)
      from (
        select listing.*, row_number() over (order by %2$s) as position
        from public.coach_listings as listing %3$s
        where %1$s
        order by %2$s
        limit 25 offset $6
      ) as found
      join public.coaches on coaches.id = found.coach_id
      order by found.position
    $query$,
    v_where, v_order, v_from
  )
  using v_query, search_coaches.state, search_coaches.specialty, search_coaches.language,
    search_coaches.max_price_cents, (greatest(search_coaches.page_number, 1) - 1) * 24;
end;
$$;

grant execute on function public.search_coaches(text, text, text, text, integer, text, integer) to anon, authenticated;
