create policy "Nobody reads coupons over the API"
  on private.coupons for select to anon, authenticated using (false);

create policy "Nobody reads the redemptions of coupons over the API"
  on private.coupon_redemptions for select to anon, authenticated using (false);
