-- Decides about a report and all others of the same thing: 'keep' or 'remove'. Author, subject and reporters
-- read the reason, so name nobody. A review is never removed for being negative (16 CFR 465.7).
select admin.decide_report('00000000-0000-0000-0000-000000000000', 'keep', 'It tells how a session went.');
