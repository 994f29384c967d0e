create policy "Coaches can view where they are paid to"
  on public.payout_accounts
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view what they earned"
  on public.earnings
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view what they were sent"
  on public.transfers
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));

create policy "Coaches can view what was taken back from them"
  on public.transfer_reversals
  for select
  to authenticated
  using (transfer_id in (select transfers.id from public.transfers));

create policy "Coaches can view what went to their bank"
  on public.payouts
  for select
  to authenticated
  using (coach_id = (select private.current_coach_id()));
