-- Calls a session off for its two parties. All that was paid goes back, whatever the policy says;
-- both read the reason in their mail. The id is in the table bookings and at the end of the
-- session's address.
select admin.cancel_booking('00000000-0000-0000-0000-000000000000', 'The coach is in hospital.');
