-- Says that nobody waits for a refund of failed_refunds.sql any more, because it is not to go back: no money moves,
-- and what is not back is its coach's.
select admin.dismiss_failed_refund('00000000-0000-0000-0000-000000000000', 'She asked us to keep it.');
