/* What vendors tell is kept without what names a person; words without the names of who has left. */
begin;
select plan(9);

select is(
  private.without_people('{"id": "evt_1", "type": "charge.refunded", "created": 1, "livemode": false, "account": null, "created_at": "2026-11-26T05:00:00.000Z"}'),
  '{"id": "evt_1", "type": "charge.refunded", "created": 1, "livemode": false, "account": null, "created_at": "2026-11-26T05:00:00.000Z"}',
  'ids, kinds, numbers and times are kept'
);
select is(
  private.without_people('{"name": "Dana", "email": "dana@example.com", "phone": "+15550001111", "note": "call me", "url": "https://a.example/dana", "user_name": "dana"}'),
  '{}', 'names, addresses, phones, words and links are not'
);
select is(private.without_people('{"a": [{"id": "x", "name": "Dana"}, "Dana", 7]}'), '{"a": [{"id": "x"}, 7]}', 'however deep they are');
select is(private.without_people('{"dob": {"day": 1, "year": 1971}}'), '{}', 'nor is when somebody was born');
select is(private.without_people('{"id": "dana@example.com", "status": "Dana said so"}'), '{}', 'nor what hides under another name');
select is(private.without_people(null), null, 'nothing stays nothing');

select is(
  private.without_names('Dana Example and dana@example.com; Danae, Dana.', array['dana@example.com', 'Dana Example', 'Dana']),
  'A former member and A former member; Danae, A former member.', 'names are taken out as whole words'
);
select is(private.without_names('Ask J.R. (Bob) or JxR.', array['J.R. (Bob)']), 'Ask A former member or JxR.', 'whatever signs they have');
select is(private.without_names('May I?', '{}'), 'May I?', 'and nothing else is touched');

select * from finish();
rollback;
