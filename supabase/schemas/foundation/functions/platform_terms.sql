/*
 * The platform's numbers as anyone may know them, for the pages that state them: the fee, whether tax comes
 * on top, how long a time is held, how long a coach has to answer, what happens when plans change, how reviews
 * are counted, how long a calendar elsewhere may go unread and what is booked there unpaid, and how many mails a
 * day tell of times that opened. One row.
 *
 * Security definer: the row of settings is not granted to anyone.
 */
create function public.platform_terms()
returns table (
  fee_basis_points integer,
  automatic_tax boolean,
  hold_minutes integer,
  answer_minutes integer,
  join_opens_minutes integer,
  review_window_days integer,
  review_pause_days integer,
  review_reply_days integer,
  rating_prior_average numeric,
  rating_prior_weight integer,
  release_after_minutes integer,
  calendar_stale_minutes integer,
  calendly_pay_minutes integer,
  opened_mails_per_day integer,
  full_refund_minutes integer,
  partial_refund_minutes integer,
  partial_refund_percent integer,
  client_move_minutes integer,
  client_moves integer
)
language sql
stable
security definer
set search_path = ''
as $$
  select settings.fee_basis_points, settings.automatic_tax, settings.hold_minutes, settings.answer_minutes, settings.join_opens_minutes,
    settings.review_window_days, settings.review_pause_days, settings.review_reply_days,
    settings.rating_prior_average, settings.rating_prior_weight, settings.release_after_minutes,
    settings.calendar_stale_minutes, settings.calendly_pay_minutes, settings.opened_mails_per_day,
    policy.full_refund_minutes, policy.partial_refund_minutes, policy.partial_refund_percent,
    policy.client_move_minutes, policy.client_moves
  from private.settings() as settings
  cross join public.cancellation_policies as policy
  where policy.is_default;
$$;

grant execute on function public.platform_terms() to anon, authenticated;
