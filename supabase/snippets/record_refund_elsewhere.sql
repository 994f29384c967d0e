-- Says that a refund of failed_refunds.sql was given back in another way, after it was: nothing is sent by this.
select admin.record_refund_elsewhere('00000000-0000-0000-0000-000000000000', 'Check 1042 of today.');
