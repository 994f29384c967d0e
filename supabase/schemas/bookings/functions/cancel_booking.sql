/*
 * A party cancels a confirmed session before it starts, or with `and_following` that one and all
 * of its series that come after it. The refund is what refund_quote, or the sum of
 * following_refund_quotes, showed: pass what the person saw, cents and how many credits, and if it
 * is another by now (the clock has moved it to another tier), nothing is cancelled and they see
 * what it is. The
 * meetings go, the times are free again, both are told. Returns the cents that go back.
 *
 * Raises: OBNFD (not a party, or no such booking), OBNCX (not confirmed, or begun), OBQTE
 * (the amount changed).
 * Security definer: nobody may update bookings.
 */
create function public.cancel_booking(
  booking_id uuid,
  expected_refund_cents integer,
  reason text default '',
  and_following boolean default false,
  expected_credits integer default 0
)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_booking public.bookings := private.lock_booking(cancel_booking.booking_id);
  v_actor public.booking_actor := private.booking_party(v_booking);
  v_refund_cents integer;
  v_credits integer;
begin
  if v_actor is null then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'This session can no longer be cancelled.' using errcode = 'OBNCX';
  end if;

  if cancel_booking.and_following then
    select sum(private.refundable_cents(bookings, v_actor)), count(*) filter (where private.returns_credit(bookings, v_actor))
    into v_refund_cents, v_credits
    from private.this_and_following(v_booking) as bookings;
  else
    v_refund_cents := private.refundable_cents(v_booking, v_actor);
    v_credits := private.returns_credit(v_booking, v_actor)::integer;
  end if;

  if (v_refund_cents, v_credits)
    is distinct from (cancel_booking.expected_refund_cents, cancel_booking.expected_credits) then
    raise exception 'What comes back has changed while this page was open. Look at it again and confirm.'
      using errcode = 'OBQTE';
  end if;

  if cancel_booking.and_following then
    perform private.call_off_following(v_booking, v_actor, cancel_booking.reason);
  else
    perform private.call_off(v_booking, v_actor, v_refund_cents, cancel_booking.reason);
  end if;

  return v_refund_cents;
end;
$$;

grant execute on function public.cancel_booking(uuid, integer, text, boolean, integer) to authenticated;

/*
 * An admin calls a session off: `select admin.cancel_booking('…', 'The coach is ill.')` in
 * Studio's editor; with a third argument, true, all of its series that follow as well. All that
 * was paid goes back; both parties read the reason. Returns the cents that go back. Raises: OBNCX
 * (not confirmed, or begun).
 */
create function admin.cancel_booking(booking_id uuid, reason text, and_following boolean default false)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking public.bookings := private.lock_booking(cancel_booking.booking_id);
  v_refund_cents integer := private.refundable_cents(v_booking, 'admin');
begin
  if v_booking.id is null or v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'There is no confirmed session % to come.', cancel_booking.booking_id using errcode = 'OBNCX';
  end if;

  if cancel_booking.and_following then
    return private.call_off_following(v_booking, 'admin', cancel_booking.reason);
  end if;

  perform private.call_off(v_booking, 'admin', v_refund_cents, cancel_booking.reason);
  return v_refund_cents;
end;
$$;
