create policy "Client and coach can view their payment plans"
  on public.payment_plans
  for select
  to authenticated
  using (
    client_id = (select private.current_profile_id())
    or coach_id = (select private.current_coach_id())
  );
