-- Reference data only: what the product needs to work at all. Safe to run again.
insert into private.platform_settings default values on conflict do nothing;

-- Signs the addresses at which mails are stopped (unsubscribe_token). A new key ends those of mails that were sent.
select vault.create_secret(encode(extensions.gen_random_bytes(32), 'hex'), 'unsubscribe_key')
where not exists (select from vault.secrets where secrets.name = 'unsubscribe_key');

insert into public.cancellation_policies (id, name, full_refund_minutes, partial_refund_minutes, partial_refund_percent, is_default)
values ('00000000-0000-4000-8000-000000000001', 'Standard', 1440, 240, 50, true)
on conflict (id) do nothing;

-- What people choose about. That of which the law wants a record in writing can't be switched off: receipts
-- and cancellations, and what renews by itself (California Business and Professions Code, 17602).
insert into public.notification_groups (group_name, title, description, position, is_required, is_transactional) values
  ('receipts', 'Bookings and money', 'Confirmations, cancellations, receipts, payments that are due or did not go through, what renews by itself, and decisions about what was reported.', 1, true, true),
  ('sessions', 'Your sessions', 'Reminders, requests, new times, recordings and times that open.', 2, false, true),
  ('messages', 'Messages', 'When a message is unread for some minutes, or waits for your answer.', 3, false, false),
  ('reviews', 'Reviews', 'When you can review a session, and when somebody reviewed you.', 4, false, false),
  ('suggestions', 'Suggestions', 'When no next session is booked, and before a package ends with sessions left.', 5, false, false),
  ('practice', 'Your practice', 'Packages that are sold, members who come and go, and what needs a look in your calendar.', 6, false, true)
on conflict (group_name) do nothing;

-- Words (supabase/functions/dispatch/mail). What happens at once is told by the kind of its name; the
-- last ones are told on scheduled events.
insert into public.notification_kinds (kind, description, is_urgent, told_on, group_name) values
  ('booking_confirmed', 'Both parties, when a session is paid and confirmed', false, '{}', 'receipts'),
  ('booking_moved', 'Both parties, when a session is moved to another time', false, '{}', 'sessions'),
  ('booking_cancelled', 'Both parties, when a session is cancelled', false, '{}', 'receipts'),
  ('request_sent', 'The client, when the coach was asked for a time', false, '{}', 'sessions'),
  ('request_received', 'The coach, when a client asks for a time', false, '{}', 'sessions'),
  ('request_declined', 'The client, when the coach declines', false, '{}', 'sessions'),
  ('request_withdrawn', 'The coach, when the client takes the request back', false, '{}', 'sessions'),
  ('request_expired', 'Both parties, when a request was not answered in time', false, '{}', 'sessions'),
  ('payment_returned', 'The client, when they paid for a time that was gone', false, '{}', 'receipts'),
  ('attendance_decided', 'Both parties, when one of them did not come to a session, or it can''t be told who came', false, '{}', 'receipts'),
  ('attendance_objected', 'Both parties, when one objects to what was decided about who came', false, '{}', 'receipts'),
  ('attendance_settled', 'Both parties, when that is settled', false, '{}', 'receipts'),
  ('no_show_fee_paid', 'Both parties, when the fee for a session that the client missed is paid', false, '{}', 'receipts'),
  ('no_show_fee_failed', 'The client, each time that fee could not be charged', false, '{}', 'receipts'),
  ('no_show_fee_unpaid', 'Both parties, when it is given up', false, '{}', 'receipts'),
  ('no_show_fee_waived', 'Both parties, when we call it off', false, '{}', 'receipts'),
  ('recording_ready', 'Both parties, when the recording that they agreed to can be watched', false, '{}', 'sessions'),
  ('review_invitation', 'Who may review a session, after it', false, '{session_ends}', 'reviews'),
  ('review_received', 'The other party, when one has written a review and they may', false, '{}', 'reviews'),
  ('review_published', 'Whom a review is of, when it is shown', false, '{}', 'reviews'),
  ('review_replied', 'The client, when the coach replied to their review', false, '{}', 'reviews'),
  ('review_decided', 'Both whom a reported review is between, when an admin has decided', false, '{}', 'receipts'),
  ('report_decided', 'Whoever reported something, when an admin has decided', false, '{}', 'receipts'),
  ('message_received', 'The other party, when a message is unread for five minutes', false, '{}', 'messages'),
  ('slot_opened', 'The client who asked, when a sooner time opens', false, '{}', 'sessions'),
  ('package_bought', 'The client, when a package is paid for', false, '{}', 'receipts'),
  ('package_sold', 'The coach, when a package is paid for', false, '{}', 'practice'),
  ('package_returned', 'The client, when they paid for a package whose coach has left', false, '{}', 'receipts'),
  ('credits_ended', 'The client, when what was left of a package has ended and goes back', false, '{}', 'receipts'),
  ('instalment_due', 'The client, some days before a part of a package is charged', false, '{}', 'receipts'),
  ('instalment_paid', 'The client, when a later part of a package was charged', false, '{}', 'receipts'),
  ('instalment_failed', 'The client, each time a part of a package could not be charged', false, '{}', 'receipts'),
  ('plan_ended', 'Both parties, when a package is no longer paid in parts before all of it is paid', false, '{}', 'receipts'),
  ('coach_approved', 'The coach, when an admin approved the practice', false, '{}', 'practice'),
  ('payment_asked', 'The client, when what they booked at the coach''s Calendly waits for its payment', false, '{}', 'sessions'),
  ('booking_unpaid', 'Both parties, when a session booked at Calendly was not paid for in time', false, '{}', 'receipts'),
  ('calendly_plan', 'The coach, when a session could not be written at Calendly for the plan they are on', false, '{}', 'practice'),
  ('calendly_location', 'The coach, when a session could not be written at Calendly for the place it asks for', false, '{}', 'practice'),
  ('payout_failed', 'The coach, when their bank sent a payout back', false, '{}', 'receipts'),
  ('dispute_asked', 'The coach, when a client''s bank asks about a payment', false, '{}', 'receipts'),
  ('dispute_opened', 'The coach, when a client''s bank took a payment back', false, '{}', 'receipts'),
  ('dispute_won', 'The coach, when the bank decided for them', false, '{}', 'receipts'),
  ('dispute_lost', 'The coach, when the bank decided for the client', false, '{}', 'receipts'),
  ('membership_begun', 'The client, when they have subscribed, with what they agreed to', false, '{}', 'receipts'),
  ('membership_renewing', 'The client, some days before their membership is charged again', false, '{}', 'receipts'),
  ('membership_payment_failed', 'The client, when their membership could not be charged', false, '{}', 'receipts'),
  ('member_joined', 'The coach, when a client has become a member', false, '{}', 'practice'),
  ('member_leaving', 'The coach, when a member cancels, and for when', false, '{}', 'practice'),
  ('member_staying', 'The coach, when a member takes their cancellation back', false, '{}', 'practice'),
  ('member_left', 'The coach, when a membership has ended without being cancelled before', false, '{}', 'practice'),
  ('calendar_stale', 'The coach, when their outside calendar could not be read for long', false, '{}', 'practice'),
  ('calendar_clash', 'Both parties, when the coach''s outside calendar has something at the time', false, '{}', 'sessions'),
  ('session_reminder', 'Who takes part, more than an hour before a session', false, '{session_starts}', 'sessions'),
  ('session_soon', 'Who takes part, within the hour before a session, at night too', true, '{session_starts}', 'sessions'),
  ('review_reminder', 'The client, while a session can still be reviewed', false, '{review_due}', 'reviews'),
  ('next_session', 'The client, when no session follows their last one', false, '{no_next_session}', 'suggestions'),
  ('message_unanswered', 'Whoever owes an answer', false, '{message_unanswered}', 'messages'),
  ('credits_ending', 'The client, before what is left of a package ends', false, '{credits_end}', 'suggestions')
on conflict (kind) do nothing;

-- What private.notify is called with, and to whom it can be told.
insert into private.notification_events (event, description, recipients)
select kinds.kind, kinds.description, told.recipients::public.notification_recipient[]
from (values
  ('{client,coach}', '{
    booking_confirmed,booking_moved,booking_cancelled,request_expired,attendance_decided,
    attendance_objected,attendance_settled,no_show_fee_paid,no_show_fee_unpaid,no_show_fee_waived,
    recording_ready,message_received,plan_ended,booking_unpaid,calendar_clash,
    review_invitation,review_received,review_published,review_decided
  }'),
  ('{client}', '{
    request_sent,request_declined,payment_returned,review_replied,report_decided,slot_opened,package_bought,
    package_returned,credits_ended,instalment_due,instalment_paid,instalment_failed,no_show_fee_failed,
    payment_asked,membership_begun,membership_renewing,membership_payment_failed
  }'),
  ('{coach}', '{
    request_received,request_withdrawn,package_sold,coach_approved,calendly_plan,
    calendly_location,payout_failed,dispute_asked,dispute_opened,dispute_won,dispute_lost,
    member_joined,member_leaving,member_staying,member_left,calendar_stale
  }')
) as told (recipients, events)
join public.notification_kinds as kinds on kinds.kind = any (told.events::text[])
on conflict (event) do nothing;

-- What comes with time: the moment of each is in the function due_<event>.
insert into private.notification_events (event, description, recipients, earliest_minutes, latest_minutes) values
  ('session_starts', 'The start of a confirmed session', '{client,coach}', -43200, -1),
  ('session_ends', 'The end of a session that can be reviewed', '{client}', 0, 10080),
  ('review_due', 'The day from which a session can be reviewed: when it ended', '{client}', 1, 43200),
  ('credits_end', 'The day until which a package can be used', '{client}', -129600, -60),
  ('no_next_session', 'The end of the last session of a client with a coach, with none to follow', '{client}', 60, 129600),
  ('message_unanswered', 'The first message that waits for an answer', '{client,coach}', 60, 43200)
on conflict (event) do nothing;

insert into private.notification_conditions (condition, description, cancels) values
  ('none_stands', 'None of the sessions is as the notice says any more', '{booking_confirmed,booking_moved}'),
  ('session_off', 'The session was cancelled, moved, or has begun', '{session_starts}'),
  ('request_closed', 'The request was answered or taken back', '{request_sent,request_received}'),
  ('came_after_all', 'It was settled that the session counts as held', '{attendance_decided}'),
  ('not_confirmed', 'The session is not confirmed any more', '{calendly_plan,calendly_location}'),
  ('payment_closed', 'It was paid, or called off', '{payment_asked}'),
  ('paid_after_all', 'It was paid after all', '{booking_unpaid}'),
  ('not_cancelled', 'The session is not cancelled', '{booking_cancelled}'),
  ('recording_gone', 'The recording can not be watched any more', '{recording_ready}'),
  ('reviewed', 'The session was reviewed, or can not be any more', '{review_invitation,review_received,session_ends,review_due}'),
  ('review_gone', 'The review was removed, or counts no more', '{review_published}'),
  ('reply_gone', 'The reply, or the review, was removed', '{review_replied}'),
  ('decided_again', 'It was decided otherwise since', '{report_decided,review_decided}'),
  ('credits_gone', 'Nothing is left of the package', '{credits_end}'),
  ('instalment_settled', 'The instalment was paid, or is not charged any more', '{instalment_due}'),
  ('instalment_paid', 'The instalment was paid, or is not owed any more', '{instalment_failed}'),
  ('fee_settled', 'The fee for a missed session was paid, or is not asked for any more', '{no_show_fee_failed}'),
  ('dispute_decided', 'The bank has decided', '{dispute_asked,dispute_opened}'),
  ('renewal_off', 'The membership does not renew then', '{membership_renewing}'),
  ('membership_paid', 'The membership is paid, or has ended', '{membership_payment_failed}'),
  ('cancellation_off', 'The member has taken the cancellation back', '{member_leaving}'),
  ('cancelled_again', 'The member has cancelled again', '{member_staying}'),
  ('slot_taken', 'The time was taken, or is not wanted any more', '{slot_opened}'),
  ('message_read', 'Everything was read', '{message_received}'),
  ('message_answered', 'It was answered', '{message_unanswered}'),
  ('next_booked', 'A next session is booked or held, or can not be', '{no_next_session}')
on conflict (condition) do nothing;

-- The rules as they are at first. Each has an id that stays, so that what an admin changes is not put back.
-- Messages have a count of their own in the app.
with rules (event, kind, recipient, offset_minutes, cancelled_by) as (
  select events.event, events.event, recipient, null::integer, conditions.condition
  from private.notification_events as events
  cross join unnest(events.recipients) as recipient
  left join private.notification_conditions as conditions on events.event = any (conditions.cancels)
  where events.earliest_minutes is null
  union all
  select event, kind, recipient::public.notification_recipient, offset_minutes, cancelled_by
  from (
    values
      ('session_starts', 'session_reminder', 'client', -1440, 'session_off'),
      ('session_starts', 'session_reminder', 'coach', -1440, 'session_off'),
      ('session_starts', 'session_soon', 'client', -15, 'session_off'),
      ('session_starts', 'session_soon', 'coach', -15, 'session_off'),
      ('review_due', 'review_reminder', 'client', 2880, 'reviewed'),
      ('review_due', 'review_reminder', 'client', 8640, 'reviewed'),
      ('credits_end', 'credits_ending', 'client', -20160, 'credits_gone'),
      ('no_next_session', 'next_session', 'client', 10080, 'next_booked'),
      ('message_unanswered', 'message_unanswered', 'client', 1440, 'message_answered'),
      ('message_unanswered', 'message_unanswered', 'coach', 1440, 'message_answered')
  ) as scheduled (event, kind, recipient, offset_minutes, cancelled_by)
),
named as (
  select md5(concat_ws(' ', rules.event, rules.recipient, channel, rules.offset_minutes))::uuid as id, rules.*, channel
  from rules
  cross join unnest(enum_range(null::public.notification_channel)) as channel
  where channel = 'mail' or rules.event not in ('message_received', 'message_unanswered')
)
insert into public.notification_rules (id, event, kind, recipient, channel, offset_minutes, cancelled_by)
select named.id, named.event, named.kind, named.recipient, named.channel, named.offset_minutes, named.cancelled_by
from named
where not exists (select from public.notification_rules as known where known.id = named.id);

-- What is asked before a session is recorded. Other words or days are another version.
insert into private.recording_terms (version, words, keep_days) values
  (1, 'Zoom records the whole session: picture, sound, and what is shared on the screen. Only the two of you can watch it, from this page.', 90)
on conflict (version) do nothing;

-- The state machine of bookings.
insert into private.booking_transitions (before, after, verb, actors) values
  (null,        'held',      'hold',      '{client}'),
  ('held',      'confirmed', 'pay',       '{system}'),
  ('held',      'confirmed', 'book free', '{system}'),
  ('held',      'expired',   'lapse',     '{client,coach,system}'),
  ('held',      'held',      'move',      '{client}'),
  ('held',      'cancelled', 'call off',  '{client,coach}'),
  ('held',      'requested', 'ask',       '{system}'),
  ('expired',   'requested', 'ask late',  '{system}'),
  ('requested', 'confirmed', 'accept',    '{coach}'),
  ('requested', 'declined',  'decline',   '{coach}'),
  ('requested', 'cancelled', 'withdraw',  '{client}'),
  ('requested', 'expired',   'run out',   '{system}'),
  ('expired',   'confirmed', 'pay late',  '{system}'),
  ('confirmed', 'confirmed', 'move',      '{client,coach,admin}'),
  ('confirmed', 'cancelled', 'cancel',    '{client,coach,admin,system}'),
  ('confirmed', 'completed', 'complete',  '{system}'),
  ('completed', 'no_show_client', 'miss', '{system,admin}'),
  ('completed', 'no_show_coach',  'miss', '{system,admin}'),
  ('no_show_client', 'completed', 'settle', '{admin}'),
  ('no_show_coach',  'completed', 'settle', '{admin}'),
  ('no_show_client', 'no_show_coach', 'settle', '{admin}'),
  ('no_show_coach',  'no_show_client', 'settle', '{admin}')
on conflict (before, after, verb) do update set actors = excluded.actors;

insert into public.languages (code, name) values
  ('en', 'English'), ('es', 'Spanish'), ('fr', 'French'), ('pt', 'Portuguese'), ('zh', 'Chinese'),
  ('vi', 'Vietnamese'), ('ko', 'Korean'), ('tl', 'Tagalog'), ('ru', 'Russian'), ('hi', 'Hindi')
on conflict (code) do nothing;

insert into public.specialties (slug, name, audience, position) values
  ('listing-presentations', 'Listing presentations', 'realtor', 1),
  ('buyer-consultations', 'Buyer consultations', 'realtor', 2),
  ('prospecting', 'Prospecting and lead generation', 'both', 3),
  ('sphere-and-referrals', 'Sphere and referrals', 'both', 4),
  ('negotiation', 'Offer negotiation', 'realtor', 5),
  ('pricing-conversations', 'Pricing and price reductions', 'realtor', 6),
  ('geographic-farming', 'Geographic farming', 'realtor', 7),
  ('luxury-homes', 'Luxury homes', 'realtor', 8),
  ('first-year-agents', 'First-year agents', 'realtor', 9),
  ('team-building', 'Building a team', 'both', 10),
  ('business-planning', 'Business planning and numbers', 'both', 11),
  ('time-management', 'Time blocking and habits', 'both', 12),
  ('rate-conversations', 'Rate and lock conversations', 'loan_officer', 13),
  ('referral-partners', 'Referral partner meetings', 'loan_officer', 14),
  ('pipeline-management', 'Pipeline and pull-through', 'loan_officer', 15),
  ('purchase-market', 'Winning in a purchase market', 'loan_officer', 16),
  ('video-and-social', 'Video and social media', 'both', 17),
  ('mindset', 'Mindset and accountability', 'both', 18)
on conflict (slug) do nothing;

insert into public.states (code, name) values
  ('AL','Alabama'),('AK','Alaska'),('AZ','Arizona'),('AR','Arkansas'),('CA','California'),('CO','Colorado'),
  ('CT','Connecticut'),('DE','Delaware'),('DC','District of Columbia'),('FL','Florida'),('GA','Georgia'),
  ('GU','Guam'),('HI','Hawaii'),('ID','Idaho'),('IL','Illinois'),('IN','Indiana'),('IA','Iowa'),('KS','Kansas'),
  ('KY','Kentucky'),('LA','Louisiana'),('ME','Maine'),('MD','Maryland'),('MA','Massachusetts'),('MI','Michigan'),
  ('MN','Minnesota'),('MS','Mississippi'),('MO','Missouri'),('MT','Montana'),('NE','Nebraska'),('NV','Nevada'),
  ('NH','New Hampshire'),('NJ','New Jersey'),('NM','New Mexico'),('NY','New York'),('NC','North Carolina'),
  ('ND','North Dakota'),('OH','Ohio'),('OK','Oklahoma'),('OR','Oregon'),('PA','Pennsylvania'),('PR','Puerto Rico'),
  ('RI','Rhode Island'),('SC','South Carolina'),('SD','South Dakota'),('TN','Tennessee'),('TX','Texas'),
  ('UT','Utah'),('VT','Vermont'),('VI','U.S. Virgin Islands'),('VA','Virginia'),('WA','Washington'),
  ('WV','West Virginia'),('WI','Wisconsin'),('WY','Wyoming')
on conflict (code) do nothing;
