-- Calls off what a client pays for a session of a membership that they missed, by the session's id. What was
-- paid goes back, with the coach's share of it. Both parties read the reason.
select admin.waive_no_show_fee('00000000-0000-0000-0000-000000000000', 'Her flight was late.');
