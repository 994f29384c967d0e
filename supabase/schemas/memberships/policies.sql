create policy "Client and coach can view their memberships"
  on public.memberships
  for select
  to authenticated
  using (
    client_id = (select private.current_profile_id())
    or coach_id = (select private.current_coach_id())
  );

create policy "Clients can view what they agreed to"
  on public.membership_consents
  for select
  to authenticated
  using (
    membership_id in (
      select memberships.id from public.memberships where memberships.client_id = (select private.current_profile_id())
    )
  );

create policy "Nobody reads prices at Stripe over the API"
  on private.stripe_prices for select to anon, authenticated using (false);
