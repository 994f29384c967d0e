comment on table private.coupons is 'Codes that take something off an order: a coach''s, who bears it, or ours. Made by make_coupon and admin.make_coupon.';
comment on table private.coupon_redemptions is 'Which order was made with which coupon. One that was never paid is freed, and counts no more.';

alter table private.coupons
  add constraint coupons_code_is_plain check (code ~ '^[A-Z0-9-]{3,30}$'),
  add constraint coupons_percent check (percent between 1 and 90),
  add constraint coupons_amount check (amount_cents between 100 and 100000),
  add constraint coupons_take_one_kind_off check ((percent is null) <> (amount_cents is null)),
  add constraint coupons_end_after_start check (ends_at > starts_at),
  add constraint coupons_limits check (max_redemptions >= 1 and max_per_client >= 1),
  add constraint coupons_minimum check (minimum_cents >= 0);

-- A code means one thing: to a coach's clients, and of ours to everybody. One that was ended by hand is free again.
create unique index coupons_one_per_code
  on private.coupons (coach_id, code) nulls not distinct where ended_at is null;

alter table private.coupons enable row level security;
alter table private.coupon_redemptions enable row level security;

-- No grants: a code is known by whom it was given to. Coaches see theirs by coupon_list.
