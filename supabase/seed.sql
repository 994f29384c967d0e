-- Reference data only: what the product needs to work at all. Safe to run again.
insert into private.platform_settings default values on conflict do nothing;

insert into public.cancellation_policies (id, name, full_refund_minutes, partial_refund_minutes, partial_refund_percent, is_default)
values ('00000000-0000-4000-8000-000000000001', 'Standard', 1440, 240, 50, true)
on conflict (id) do nothing;

insert into public.notification_kinds (kind, description, minutes_before_start) values
  ('booking_confirmed', 'Both parties, when a session is paid and confirmed', null),
  ('booking_moved', 'Both parties, when a session is moved to another time', null),
  ('booking_cancelled', 'Both parties, when a session is cancelled', null),
  ('request_sent', 'The client, when the coach was asked for a time', null),
  ('request_received', 'The coach, when a client asks for a time', null),
  ('request_declined', 'The client, when the coach declines', null),
  ('request_withdrawn', 'The coach, when the client takes the request back', null),
  ('request_expired', 'Both parties, when a request was not answered in time', null),
  ('payment_returned', 'The client, when they paid for a time that was gone', null),
  ('reminder_24h', 'Both parties, a day before', 1440),
  ('reminder_15m', 'Both parties, when the meeting opens', 15),
  ('attendance_decided', 'Both parties, when one of them did not come to a session', null),
  ('attendance_objected', 'Both parties, when one objects to what was decided about who came', null),
  ('attendance_settled', 'Both parties, when that is settled', null),
  ('recording_ready', 'Both parties, when the recording that they agreed to can be watched', null),
  ('review_invitation', 'The client, after the session', null),
  ('review_received', 'The coach, when a client wrote a review', null),
  ('message_received', 'The other party, when a message is unread for five minutes', null),
  ('slot_opened', 'The client who asked, when a sooner time opens', null),
  ('package_bought', 'The client, when a package is paid for', null),
  ('package_sold', 'The coach, when a package is paid for', null),
  ('package_returned', 'The client, when they paid for a package whose coach has left', null),
  ('credits_ending', 'The client, before what is left of a package ends', 20160),
  ('credits_ended', 'The client, when what was left of a package has ended and goes back', null),
  ('instalment_due', 'The client, some days before a part of a package is charged', null),
  ('instalment_paid', 'The client, when a later part of a package was charged', null),
  ('instalment_failed', 'The client, each time a part of a package could not be charged', null),
  ('plan_ended', 'Both parties, when a package is no longer paid in parts before all of it is paid', null),
  ('coach_approved', 'The coach, when an admin approved the practice', null),
  ('payment_asked', 'The client, when what they booked at the coach''s Calendly waits for its payment', null),
  ('booking_unpaid', 'Both parties, when a session booked at Calendly was not paid for in time', null),
  ('calendly_plan', 'The coach, when a session could not be written at Calendly for the plan they are on', null),
  ('calendly_location', 'The coach, when a session could not be written at Calendly for the place it asks for', null),
  ('payout_failed', 'The coach, when their bank sent a payout back', null),
  ('dispute_asked', 'The coach, when a client''s bank asks about a payment', null),
  ('dispute_opened', 'The coach, when a client''s bank took a payment back', null),
  ('dispute_won', 'The coach, when the bank decided for them', null),
  ('dispute_lost', 'The coach, when the bank decided for the client', null),
  ('membership_begun', 'The client, when they have subscribed, with what they agreed to', null),
  ('membership_renewing', 'The client, some days before their membership is charged again', null),
  ('membership_payment_failed', 'The client, when their membership could not be charged', null),
  ('calendar_stale', 'The coach, when their outside calendar could not be read for long', null),
  ('calendar_clash', 'Both parties, when the coach''s outside calendar has something at the time', null)
on conflict (kind) do nothing;

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
