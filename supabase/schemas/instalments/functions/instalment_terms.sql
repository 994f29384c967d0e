/*
 * The dates on which the parts of a package are paid that is bought now, in the reader's zone: the
 * first at once, each of the others as many months later, at the same wall time.
 */
create function private.instalment_dates(instalments integer, time_zone text)
returns table (plan_position integer, due_at timestamptz)
language sql
stable
set search_path = ''
as $$
  select position,
    (now() at time zone instalment_dates.time_zone + make_interval(months => position - 1)) at time zone instalment_dates.time_zone
  from generate_series(1, instalment_dates.instalments) as position;
$$;

/*
 * What a client agrees to who pays in parts: how much, when, how to stop, and what happens when a card is
 * declined. One wording for all; another one is another `version`. The same offer on the same day gives
 * the same words, so that their hash says what was read.
 */
create function private.instalment_terms(offer public.offers, time_zone text)
returns table (version integer, words text)
language sql
stable
set search_path = ''
as $$
  select case when (private.settings()).automatic_tax then 2 else 1 end, format(
    'I agree that “%s” with %s is charged to my card in %s parts of %s each%s less what a coupon takes off: the first '
    'now, the others by themselves on %s. Each part pays for %s. I can stop at any time with one click on the page of '
    'the package: nothing more is charged then, and the sessions that I have paid for stay mine. A card that is '
    'declined is tried again %s days later; after that the plan ends, and I owe nothing more.',
    (instalment_terms.offer).title,
    coaches.display_name,
    (instalment_terms.offer).instalments,
    '$' || to_char((instalment_terms.offer).price_cents / (instalment_terms.offer).instalments / 100.0, 'FM999,990.00'),
    private.plus_tax(without => ','),
    (
      select private.words_list(array_agg(
        to_char(dates.due_at at time zone instalment_terms.time_zone, 'FMMonth FMDD, YYYY') order by dates.plan_position
      ))
      from private.instalment_dates((instalment_terms.offer).instalments, instalment_terms.time_zone) as dates
      where dates.plan_position > 1
    ),
    case (instalment_terms.offer).session_count / (instalment_terms.offer).instalments
      when 1 then 'one session'
      else (instalment_terms.offer).session_count / (instalment_terms.offer).instalments || ' sessions'
    end,
    private.words_list((private.settings()).charge_retry_days::text[])
  )
  from public.coaches
  where coaches.id = (instalment_terms.offer).coach_id;
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
 * date and amount, in the asker's zone. No row for what is not on sale, or is paid at once only.
 *
 * Security definer: the functions it asks are granted to nobody.
 */
create function public.instalment_offer_terms(offer_id uuid)
returns table (words text, words_sha256 text, instalment_cents integer, due_dates timestamptz[])
language sql
stable
security definer
set search_path = ''
as $$
  select terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex'), offers.price_cents / offers.instalments,
    array(
      select dates.due_at from private.instalment_dates(offers.instalments, reader.time_zone) as dates order by dates.plan_position
    )
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral (
    select coalesce(
      (select profiles.time_zone from public.profiles where profiles.id = private.current_profile_id()), coaches.time_zone
    ) as time_zone
  ) as reader
  cross join lateral private.instalment_terms(offers, reader.time_zone) as terms
  where offers.id = instalment_offer_terms.offer_id
    and offers.archived_at is null
    and offers.instalments is not null;
$$;

grant execute on function public.instalment_offer_terms(uuid) to anon, authenticated;
