comment on table private.no_show_fees is 'What a client is charged for a session of a membership to which they did not come: an order of its own, once for each session.';

alter table private.no_show_fees
  add constraint no_show_fees_ended_say_why check ((ended_at is null) = (ended_reason is null)),
  add constraint no_show_fees_waived_say_why check (ended_reason is distinct from 'waived' or words is not null);

alter table private.no_show_fees enable row level security;

-- No grants: the two parties read it by no_show_fee_details.
