-- What the jobs look for: credits that end, and packages and no-show fees that wait for their payment.
create index orders_credits_end_at_idx on public.orders (credits_end_at) where credits_end_at is not null;
create index orders_pending_idx on public.orders (created_at) where status = 'pending';
