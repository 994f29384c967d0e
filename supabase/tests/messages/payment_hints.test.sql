/* Words that move payment off the platform are marked, and what agents say every day is not. */
begin;
select no_plan();

select tests.create_profile('dana');
select tests.create_coach('maria');
select is(private.moves_payment(words), true, words) from unnest(array[
  'Do you take Venmo?', 'You can VENMO me the rest.', 'zelle works best', 'I have Cash App', 'my cashapp is $robin',
  'paypal.me/robin', 'PayPal is fine, too', 'Wire me the money and we skip the fee.', 'Could you pay me directly next time?',
  'Just pay me for the hour in cash.', 'I can send you the rest by check', 'Pay us outside of Walkthrough.',
  'paying you off the platform would be cheaper',
  -- Written another way.
  'Send it to my pay pal', 'Ven-mo works', 'Cash.App is easier', 'Just pay me cash', 'I could hand you cash on Friday',
  'Send me $200 by check', 'Send me the money with cash', 'Transfer it to me in crypto', 'Apple Pay me the rest',
  'Let us book the next one outside the platform', 'Then we skip the platform fee', 'I will settle with you off the app',
  'Can they join? I pay you in cash.'
]) as words;

select is(private.moves_payment(words), false, words) from unnest(array[
  'The buyer fell for wire fraud.', 'Their wire came on Friday.', 'The wire instructions are from the title company.',
  'It is an all-cash appraisal.', 'A cash offer beats ours.', 'The gazelle lamp stays.', 'Who pays the transfer tax?',
  'The seller pays me a commission.', 'Send me the contract directly.', 'They pay directly to escrow.',
  'Does the venmoist live here?', 'Cash apparently wins.', 'You pay me back in advice. In cash terms it is nothing.', '',
  -- What others pay, and where people work.
  'Send me buyers with cash', 'Send us clients with cash offers.', 'Give me cash buyers any day.',
  'Does your broker pay you directly at closing?', 'Can they wire you the referral fee?', 'The lender will pay me by wire.',
  'The title company can wire you the funds.', 'My seller wants to pay us by check at closing.',
  'My buyer works at PayPal', 'She used to work for Venmo.', 'He left PayPal last year.', 'PayPal stock fell.',
  'Can I use Apple Pay at checkout?', 'Book the photographer outside of town.'
]) as words;

select tests.sign_in_as('dana');
select public.start_conversation(tests.coach_id('maria'));
select public.send_message(tests.conversation_id('dana', 'maria'), '00000000-0000-4000-8000-000000000001', 'Do you take Venmo?');
select public.send_message(tests.conversation_id('dana', 'maria'), '00000000-0000-4000-8000-000000000002', 'Good morning.');
select results_eq(
  'select has_payment_hint from public.messages order by seq', 'values (true), (false)',
  'both read which messages sound like it'
);
select tests.as_admin();
select results_eq(
  'select sender, is_client, body, times_in_90_days from admin.payment_hints',
  $$ values ('Dana Example', true, 'Do you take Venmo?', 1::bigint) $$, 'and admins find them'
);

select tests.sign_in_as('dana');
select public.edit_message('00000000-0000-4000-8000-000000000001', 'Do you take cards?');
select public.edit_message('00000000-0000-4000-8000-000000000002', 'Good morning, do you use Zelle?');
select results_eq(
  'select has_payment_hint from public.messages order by seq', 'values (false), (true)', 'as they are changed'
);
select public.delete_message('00000000-0000-4000-8000-000000000002');
select is_empty('select from public.messages where has_payment_hint', 'and when they are deleted');
select throws_ok('select sender from admin.payment_hints', '42501', null, 'nobody but admins reads the list');

select * from finish();
rollback;
