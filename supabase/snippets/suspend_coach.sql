-- Takes a coach out of the market. Nobody finds, books or writes to them any more, and they can
-- change nothing; booked sessions stay. Why goes to the audit log.
select admin.suspend_coach('maria-lopez', 'Two clients reported no-shows');
