create policy "People can view reviews of their sessions, those of the other once published"
  on public.reviews
  for select
  to authenticated
  using (
    author_id = (select private.current_profile_id())
    or published_at is not null and (
      client_id = (select private.current_profile_id())
      or coach_id = (select private.current_coach_id())
    )
  );

create policy "Nobody reads notes to us over the API"
  on private.review_notes for select to anon, authenticated using (false);
