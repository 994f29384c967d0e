/* Raises what review_refusal says, in words; does nothing when a party may write. */
create function private.refuse_review(booking public.bookings, party public.booking_actor)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  case private.review_refusal(refuse_review.booking, refuse_review.party)
    when 'RVFRE' then
      raise exception 'A free intro call is not reviewed. A session that was paid for is.' using errcode = 'RVFRE';
    when 'RVEAR' then
      raise exception 'A session is reviewed once it was held.' using errcode = 'RVEAR';
    when 'RVREF' then
      raise exception 'What this session cost was given back, so it is not reviewed.' using errcode = 'RVREF';
    when 'RVLAT' then
      raise exception 'The time to review this session is over.' using errcode = 'RVLAT';
    when 'RVTWO' then
      raise exception 'You have reviewed this session already.' using errcode = 'RVTWO';
    when 'RVMON' then
      raise exception 'You have reviewed them within the last % days. You can again after that.',
        (private.settings()).review_pause_days using errcode = 'RVMON';
    else null;
  end case;
end;
$$;
