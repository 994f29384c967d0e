create policy "Coaches can view where they are paid to"
  on public.payout_accounts
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));
