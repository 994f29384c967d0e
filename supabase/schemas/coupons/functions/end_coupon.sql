/*
 * A coach ends a coupon of theirs: nobody can use it any more, and orders that were made with it stay.
 * Ending twice is once. Raises: QCGON (not theirs).
 *
 * Security definer: nobody may write coupons.
 */
create function public.end_coupon(coupon_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  update private.coupons
  set ended_at = coalesce(coupons.ended_at, now())
  where coupons.id = end_coupon.coupon_id
    and coupons.coach_id = private.current_coach_id();

  if not found then
    raise exception 'There is no such coupon.' using errcode = 'QCGON';
  end if;
end;
$$;

grant execute on function public.end_coupon(uuid) to authenticated;
