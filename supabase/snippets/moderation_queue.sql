-- What was reported and waits for a decision, the oldest first. After looking at it: decide_report.sql.
select * from admin.moderation_queue;
