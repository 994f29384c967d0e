-- Coaches who wait for an answer, the longest first, with what an admin looks at.
-- `missing` must be empty before one can be approved: approve_coach.sql.
select
  coaches.applied_at,
  coaches.slug,
  coaches.display_name,
  profile_contacts.email,
  private.missing_in_practice(coaches) as missing,
  coaches.headline,
  coaches.bio,
  coaches.states,
  coaches.specialties,
  coaches.languages,
  coaches.years_in_business,
  (
    select string_agg(concat_ws(' ', credentials.kind, credentials.state, credentials.number), ', ')
    from public.credentials
    where credentials.profile_id = coaches.profile_id
  ) as credentials,
  (
    select string_agg(
      format('%s: %s min, $%s', offers.title, offers.duration_minutes, round(offers.price_cents / 100.0, 2)), '; '
      order by offers.price_cents
    )
    from public.offers
    where offers.coach_id = coaches.id and offers.archived_at is null
  ) as offers
from public.coaches
left join public.profile_contacts on profile_contacts.profile_id = coaches.profile_id
where coaches.status = 'applied'
order by coaches.applied_at;
