/*
 * Keeps the customer that was made at Stripe for a profile, and returns the one that counts: the first. For
 * the site alone, which made it: who could name a customer could name another's, and pay with their cards
 * or read what they paid. Raises 23505 for one that is another's.
 *
 * Security definer: service_role holds no grants on tables.
 */
create function public.record_stripe_customer(profile_id uuid, stripe_customer_id text)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into private.stripe_customers (profile_id, stripe_customer_id)
  values (record_stripe_customer.profile_id, record_stripe_customer.stripe_customer_id)
  on conflict (profile_id) do nothing;

  return (
    select stripe_customers.stripe_customer_id from private.stripe_customers
    where stripe_customers.profile_id = record_stripe_customer.profile_id
  );
end;
$$;

grant execute on function public.record_stripe_customer(uuid, text) to service_role;
