-- Lists a coach: they are found at once and get a mail. Put the slug of waiting_applications.sql
-- in. The same as setting the status in the table editor; both leave a row in the audit log.
select admin.approve_coach('maria-lopez');
