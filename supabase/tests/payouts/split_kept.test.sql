/* Who gets what of a session: to the cent, whatever went back. */
begin;
select plan(10);

select results_eq($$ select * from private.split_kept(10000, 10000, 1500, 0) $$, $$ values (1500, 8500, 0) $$, 'all is kept: the fee is ours, the rest the coach''s');
select results_eq($$ select * from private.split_kept(10000, 5000, 1500, 0) $$, $$ values (750, 4250, 0) $$, 'half is kept, and half of the fee');
select results_eq($$ select * from private.split_kept(10000, 0, 1500, 0) $$, $$ values (0, 0, 0) $$, 'nothing is kept');
select results_eq($$ select * from private.split_kept(3333, 1111, 500, 0) $$, $$ values (167, 944, 0) $$, 'a fee of 166.68 is 167, and the coach has the rest');
select results_eq($$ select * from private.split_kept(7000, 7000, 1500, 3000) $$, $$ values (1500, 8500, 3000) $$, 'a coupon of ours costs the coach nothing');
select results_eq($$ select * from private.split_kept(7000, 3500, 1500, 3000) $$, $$ values (750, 4250, 1500) $$, 'and we add in proportion to what is kept');
select results_eq($$ select * from private.split_kept(1378, 923, 2067, 12402) $$, $$ values (1385, 7845, 8307) $$, 'a fee of 1384.50 is 1385, though 923 of 1378 is a part that no number of decimals says');
select results_eq($$ select * from private.split_kept(0, 0, 1500, 10000) $$, $$ values (1500, 8500, 10000) $$, 'a session that our coupon paid is kept whole');

-- Every fourth of the prices, fees and parts that there are of a small price: a full count of the corners.
select is_empty(
  $$ select price, kept, whole.fee, added, split.* from generate_series(0, 60, 4) as price
     cross join generate_series(0, price) as kept
     cross join generate_series(0, 40, 4) as added
     cross join generate_series(0, price + added, 3) as whole (fee)
     cross join lateral private.split_kept(price, kept, whole.fee, added) as split
     where price + added > 0
       and (kept + split.subsidy <> split.fee + split.share or split.share < 0 or split.fee < 0 or split.subsidy not between 0 and added) $$,
  'it adds up to the cent, and nobody gets less than nothing'
);
select is_empty(
  $$ select kept from generate_series(1, 9999) as kept
     cross join lateral private.split_kept(10000, kept, 1500, 0) as more
     cross join lateral private.split_kept(10000, kept - 1, 1500, 0) as less
     where more.share < less.share or more.fee < less.fee $$,
  'who keeps more never gets less'
);

select * from finish();
rollback;
