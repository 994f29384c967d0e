/*
 * How a package that is bought now is paid in parts: the first at once, each of the others as many months later
 * at the same wall time in the reader's zone. Each part is for whole sessions, all at the same price in cents; the first
 * for those of the deposit, where there is one.
 */
create function private.instalment_schedule(offer public.offers, time_zone text)
returns table (plan_position integer, due_at timestamptz, session_count integer, amount_cents integer)
language sql
stable
set search_path = ''
as $$
  select parts.plan_position,
    (now() at time zone instalment_schedule.time_zone + make_interval(months => parts.plan_position - 1))
      at time zone instalment_schedule.time_zone,
    parts.session_count,
    parts.session_count * ((instalment_schedule.offer).price_cents / (instalment_schedule.offer).session_count)
  from (
    select position as plan_position,
      case
        when position = 1 and (instalment_schedule.offer).deposit_sessions is not null then (instalment_schedule.offer).deposit_sessions
        else ((instalment_schedule.offer).session_count - coalesce((instalment_schedule.offer).deposit_sessions, 0))
          / ((instalment_schedule.offer).instalments - num_nonnulls((instalment_schedule.offer).deposit_sessions))
      end as session_count
    from generate_series(1, (instalment_schedule.offer).instalments) as position
  ) as parts;
$$;

/*
 * What a client agrees to who pays in parts: how much, when, how to stop, and what happens when a card is
 * declined. One wording for all, and one for all with a deposit; another one is another `version`. The same offer
 * on the same day gives the same words, so that their hash says what was read.
 */
create function private.instalment_terms(offer public.offers, time_zone text)
returns table (version integer, words text)
language sql
stable
set search_path = ''
as $$
  select case when (private.settings()).automatic_tax then 2 else 1 end
      + case when (instalment_terms.offer).deposit_sessions is not null then 2 else 0 end,
    format(
      'I agree that “%s” with %s is charged to my card in %s parts%s%s less what a coupon takes off: the first '
      'now%s, the others by themselves on %s. Each %s pays for %s. I can stop at any time with one click on the page of '
      'the package: nothing more is charged then, and the sessions that I have paid for stay mine. A card that is '
      'declined is tried again %s days later; after that the plan ends, and I owe nothing more.',
      (instalment_terms.offer).title,
      coaches.display_name,
      (instalment_terms.offer).instalments,
      case
        when (instalment_terms.offer).deposit_sessions is null then ' of ' || private.dollars(later.amount_cents) || ' each'
        else format(', a deposit of %s and then %s each', private.dollars(first.amount_cents), private.dollars(later.amount_cents))
      end,
      private.plus_tax(without => ','),
      case
        when (instalment_terms.offer).deposit_sessions is null then ''
        else ', which pays for ' || private.sessions_in_words(first.session_count)
      end,
      (
        select private.words_list(array_agg(
          to_char(schedule.due_at at time zone instalment_terms.time_zone, 'FMMonth FMDD, YYYY') order by schedule.plan_position
        ))
        from private.instalment_schedule(instalment_terms.offer, instalment_terms.time_zone) as schedule
        where schedule.plan_position > 1
      ),
      case when (instalment_terms.offer).deposit_sessions is null then 'part' else 'of these' end,
      private.sessions_in_words(later.session_count),
      private.words_list((private.settings()).charge_retry_days::text[])
    )
  from public.coaches
  cross join private.instalment_schedule(instalment_terms.offer, instalment_terms.time_zone) as first
  cross join private.instalment_schedule(instalment_terms.offer, instalment_terms.time_zone) as later
  where coaches.id = (instalment_terms.offer).coach_id
    and first.plan_position = 1
    and later.plan_position = 2;
$$;

/* "one session", "4 sessions". */
create function private.sessions_in_words(sessions integer)
returns text
language sql
immutable
set search_path = ''
as $$
  select case sessions_in_words.sessions when 1 then 'one session' else sessions_in_words.sessions || ' sessions' end;
$$;

/* "a", "a and b", "a, b and c". */
create function private.words_list(words text[])
returns text
language sql
immutable
set search_path = ''
as $$
  select concat_ws(
    ' and ',
    nullif(array_to_string(words_list.words[:cardinality(words_list.words) - 1], '; '), ''),
    words_list.words[cardinality(words_list.words)]
  );
$$;

/*
 * What the page of a package shows of paying in parts: the words to agree to, their hash, and each part's
 * date, in the asker's zone, and amount in cents. No row for what is not on sale, or is paid at once only.
 *
 * Security definer: the functions it asks are granted to nobody.
 */
create function public.instalment_offer_terms(offer_id uuid)
returns table (words text, words_sha256 text, due_dates timestamptz[], amounts_cents integer[])
language sql
stable
security definer
set search_path = ''
as $$
  select terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex'), schedule.due_dates, schedule.amounts_cents
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral (
    select coalesce(
      (select profiles.time_zone from public.profiles where profiles.id = private.current_profile_id()), coaches.time_zone
    ) as time_zone
  ) as reader
  cross join lateral private.instalment_terms(offers, reader.time_zone) as terms
  cross join lateral (
    select array_agg(parts.due_at order by parts.plan_position) as due_dates,
      array_agg(parts.amount_cents order by parts.plan_position) as amounts_cents
    from private.instalment_schedule(offers, reader.time_zone) as parts
  ) as schedule
  where offers.id = instalment_offer_terms.offer_id
    and offers.archived_at is null
    and offers.instalments is not null;
$$;

grant execute on function public.instalment_offer_terms(uuid) to anon, authenticated;
