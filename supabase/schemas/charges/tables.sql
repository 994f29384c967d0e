comment on table private.card_charges is 'Each try to charge a saved card, and what Stripe said. Written before Stripe is asked.';

alter table private.card_charges
  add constraint card_charges_attempt check (attempt >= 1),
  add constraint card_charges_settled_have_a_time check ((outcome is null) = (settled_at is null));

-- One order is not charged twice at the same time.
create unique index card_charges_one_open_per_order
  on private.card_charges (order_id) where outcome is null;

alter table private.card_charges enable row level security;

-- No grants: charge_card and what Stripe says.
