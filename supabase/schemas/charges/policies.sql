create policy "Nobody reads charges of saved cards over the API"
  on private.card_charges for select to anon, authenticated using (false);
