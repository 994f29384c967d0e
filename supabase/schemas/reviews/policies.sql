create policy "Anyone can view the reviews"
  on public.reviews for select to anon, authenticated using (true);
