comment on table private.platform_settings is 'The one row of default numbers. What concerns money is copied onto the order at sale.';
comment on table private.outbox is 'Work for the outside world, written in the transaction that makes it necessary.';
comment on table private.webhook_events is 'Every event a vendor delivered, once; written together with its effects.';
comment on table private.security_events is 'Failed sign-ins, refused webhooks, limits hit, role changes. No personal data.';
comment on table private.rate_limits is 'How often a subject (a hash) did a thing in the current window, shared by all servers.';
comment on table private.audit_log is 'What admins changed: who, when, before, after. Append only.';

alter table private.platform_settings
  add constraint platform_settings_is_one_row check (is_singleton),
  add constraint platform_settings_fee_is_a_share check (fee_basis_points between 0 and 10000),
  add constraint platform_settings_books_settle check (books_settle_minutes >= 0),
  add constraint platform_settings_review_days check (review_window_days > 0 and review_pause_days >= 0 and review_reply_days >= 0),
  add constraint platform_settings_rating_prior check (rating_prior_average between 1 and 5),
  add constraint platform_settings_rating_weight check (rating_prior_weight > 0),
  -- The last try comes before the next instalment is due.
  add constraint platform_settings_instalment_notice check (instalment_notice_days between 1 and 20),
  add constraint platform_settings_charge_retries check (
    cardinality(charge_retry_days) <= 5 and 1 <= all (charge_retry_days) and 20 >= all (charge_retry_days)
  ),
  add constraint platform_settings_no_show_fee_days check (no_show_fee_days between 1 and 60),
  -- Stripe's page outlives the hold by half an hour, and may last a day.
  add constraint platform_settings_calendly_pay_is_within_a_day check (calendly_pay_minutes between 1 and 1400);

alter table private.outbox
  add constraint outbox_done_has_a_time check ((status = 'done') = (done_at is not null));

-- What dispatch asks for: due rows, oldest first.
create index outbox_due_idx on private.outbox (run_after, id) where status = 'pending';

-- A tombstone is looked up by the person it is of.
create index webhook_events_deleted_users_idx
  on private.webhook_events ((payload -> 'data' ->> 'id'))
  where provider = 'clerk' and type = 'user.deleted';

-- What became of a mail is looked up by its id at Resend.
create index webhook_events_mails_idx
  on private.webhook_events ((payload -> 'data' ->> 'email_id'))
  where provider = 'resend';

alter table private.platform_settings enable row level security;
alter table private.outbox enable row level security;
alter table private.webhook_events enable row level security;
alter table private.security_events enable row level security;
alter table private.rate_limits enable row level security;
alter table private.audit_log enable row level security;

-- No grants: these are read and written by functions and, in Studio, by admins.
