/*
 * A client agrees to the renewal and begins a membership, which waits for its payment. `words_sha256`
 * says which words they read: it is written down with the words themselves, or refused when those
 * have changed meanwhile. One that was begun and not paid for is begun anew. Returns its id.
 *
 * Raises: UPSGN, UPONB, OFGON, OBOWN, MBAGR (not agreed), MBTRM (the words have changed), MBTWO (there
 * is one with this coach).
 * Security definer: nobody may write memberships.
 */
create function public.begin_membership(offer_id uuid, words_sha256 text)
returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers := private.require_open_offer(begin_membership.offer_id, v_client.id);
  v_membership public.memberships;
  v_trial_days integer;
  v_is_new boolean;
begin
  if v_offer.kind <> 'membership' then
    raise exception 'This membership is no longer offered.' using errcode = 'OFGON';
  end if;

  -- Two forms at once: the index lets one in, the other waits here and goes on with its row.
  insert into public.memberships (client_id, coach_id, offer_id, checkout_expires_at)
  values (v_client.id, v_offer.coach_id, v_offer.id, private.membership_page_end())
  on conflict (client_id, coach_id) where status <> 'ended' do nothing;
  v_is_new := found;

  select * into v_membership
  from public.memberships
  where memberships.client_id = v_client.id
    and memberships.coach_id = v_offer.coach_id
    and memberships.status <> 'ended'
  for update;

  if v_membership.status <> 'incomplete' then
    raise exception 'You have a membership with this coach. Change that one.' using errcode = 'MBTWO';
  end if;

  v_trial_days := private.trial_days_for(v_offer, v_client.id, v_membership.id);
  perform private.write_consent(v_membership.id, v_offer, v_trial_days, begin_membership.words_sha256);

  -- A page that is open and about the same goes on; otherwise the next one is made.
  update public.memberships
  set offer_id = v_offer.id,
      trial_days = v_trial_days,
      automatic_tax = (private.settings()).automatic_tax,
      attempt = attempt + (not v_is_new)::integer,
      stripe_checkout_session_id = null,
      checkout_url = null,
      checkout_expires_at = private.membership_page_end()
  where memberships.id = v_membership.id
    and (
      v_is_new
      or (memberships.offer_id, memberships.trial_days) is distinct from (v_offer.id, v_trial_days)
      or memberships.checkout_expires_at <= now() + interval '31 minutes' -- Stripe takes no page that ends sooner.
        and memberships.checkout_url is null
      or memberships.checkout_expires_at <= now()
    );

  return v_membership.id;
end;
$$;

grant execute on function public.begin_membership(uuid, text) to authenticated;

/* Until when a payment page that is made now stays open. */
create function private.membership_page_end()
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select date_trunc('second', now() + interval '2 hours');
$$;

/*
 * Writes down what a client agreed to. Raises: MBAGR (nothing), MBTRM (other words than those that
 * hold now).
 */
create function private.write_consent(
  membership_id uuid,
  offer public.offers,
  trial_days integer,
  words_sha256 text,
  is_change boolean default false
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if coalesce(write_consent.words_sha256, '') = '' then
    raise exception 'Tick the box to agree to the renewal.' using errcode = 'MBAGR';
  end if;

  insert into public.membership_consents (membership_id, offer_id, version, words, words_sha256, no_show_fee_cents)
  select write_consent.membership_id, (write_consent.offer).id, terms.version, terms.words, write_consent.words_sha256,
    terms.no_show_fee_cents
  from private.membership_terms(write_consent.offer, write_consent.trial_days, write_consent.is_change) as terms
  where encode(sha256(convert_to(terms.words, 'UTF8')), 'hex') = write_consent.words_sha256;

  if not found then
    raise exception 'What you agree to has changed. Read it again.' using errcode = 'MBTRM';
  end if;
end;
$$;
