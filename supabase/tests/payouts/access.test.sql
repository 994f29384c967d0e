/* Nobody writes where a coach is paid to. */
begin;
select plan(9);

select tests.create_coach('maria');

select tests.sign_in_as('maria');
select tests.refuses_writes('public.payout_accounts');
select tests.as_service();
select tests.refuses_writes('public.payout_accounts');
select tests.sign_out();
select tests.refuses_writes('public.payout_accounts');

select * from finish();
rollback;
