-- Settles who came to a session: 'held', 'client_missing', 'coach_missing' or 'unknown'. Both parties
-- read the reason. If the coach was missing, all that is left of the payment goes back at once.
select admin.settle_attendance('00000000-0000-0000-0000-000000000000', 'held', 'Her dial-in was found.');
