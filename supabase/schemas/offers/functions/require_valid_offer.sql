/*
 * Refuses what cannot be sold: title of 3 to 80 characters, 15 to 240 minutes in steps of
 * 5, $5 to $5,000; an intro call is free, a group session has 2 to 50 seats, a package 2 to 52
 * sessions that are booked within 1 to 24 months: its price is that of one of them. It can be paid in 2 to 12
 * parts if each pays for as many sessions, and the last is due before the months are over. The first can be a deposit
 * that pays for `deposit_sessions`; the others then divide what remains.
 * Raises: OFTIT, OFDES, OFLEN, OFPRI, OFSEA, OFSES, OFVAL, OFINS, OFDEP.
 */
create function private.require_valid_offer(
  title text,
  description text,
  duration_minutes integer,
  price_cents integer,
  kind public.offer_kind default 'session',
  seats integer default null,
  session_count integer default null,
  valid_months integer default null,
  instalments integer default null,
  deposit_sessions integer default null
)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if char_length(trim(require_valid_offer.title)) not between 3 and 80 then
    raise exception 'Name the session in 3 to 80 characters.' using errcode = 'OFTIT';
  end if;
  if char_length(trim(require_valid_offer.description)) > 600 then
    raise exception 'Describe the session in at most 600 characters.' using errcode = 'OFDES';
  end if;
  if require_valid_offer.duration_minutes not between 15 and 240 or require_valid_offer.duration_minutes % 5 <> 0 then
    raise exception 'A session lasts 15 to 240 minutes, in steps of 5.' using errcode = 'OFLEN';
  end if;
  if require_valid_offer.kind <> 'intro_call' and require_valid_offer.price_cents not between 500 and 500000 then
    raise exception 'A session costs $5 to $5,000.' using errcode = 'OFPRI';
  end if;
  if require_valid_offer.kind = 'group_session' and coalesce(require_valid_offer.seats not between 2 and 50, true) then
    raise exception 'A group session has 2 to 50 seats.' using errcode = 'OFSEA';
  end if;
  if require_valid_offer.kind = 'package' then
    if coalesce(require_valid_offer.session_count not between 2 and 52, true) then
      raise exception 'A package has 2 to 52 sessions.' using errcode = 'OFSES';
    end if;
    if coalesce(require_valid_offer.valid_months not between 1 and 24, true) then
      raise exception 'The sessions of a package are booked within 1 to 24 months.' using errcode = 'OFVAL';
    end if;
    if require_valid_offer.instalments not between 2 and 12
      or require_valid_offer.deposit_sessions is null
        and require_valid_offer.session_count % require_valid_offer.instalments <> 0 then
      raise exception 'A package is paid in 2 to 12 parts, each for the same number of sessions.' using errcode = 'OFINS';
    end if;
    if require_valid_offer.instalments > require_valid_offer.valid_months then
      raise exception 'One part is paid a month: choose no more parts than months.' using errcode = 'OFINS';
    end if;
    if require_valid_offer.deposit_sessions is not null and require_valid_offer.instalments is null then
      raise exception 'A deposit is the first of several payments: say how many there are.' using errcode = 'OFDEP';
    end if;
    if require_valid_offer.deposit_sessions < 1
      or require_valid_offer.deposit_sessions > require_valid_offer.session_count - require_valid_offer.instalments + 1
      or (require_valid_offer.session_count - require_valid_offer.deposit_sessions)
        % greatest(require_valid_offer.instalments - 1, 1) <> 0 then
      raise exception 'What the deposit leaves is divided by the other payments: each pays for as many sessions, one or more.'
        using errcode = 'OFDEP';
    end if;
  end if;
end;
$$;
