-- Has a refund of failed_refunds.sql tried again. Should the bank refuse it once more, that is another of them.
select admin.retry_refund('00000000-0000-0000-0000-000000000000', 'Her bank takes it now.');
