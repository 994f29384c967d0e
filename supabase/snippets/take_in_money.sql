-- Writes money at Stripe into the ledger that is of no row of ours, by the `stripe_id` that money_mismatch shows: such
-- as a payment that was not what its order costs, and then what was given back of it in Stripe's dashboard. The
-- reason is kept in the audit log: name nobody in it. Returns how many movements it was.
select admin.take_in_money('ch_000000000000000000000000', 'Not what it cost, and given back.');
