SET local check_function_bodies = off;

ALTER TABLE "public"."offers"
  DROP CONSTRAINT "offers_instalments";

DROP FUNCTION "private"."instalment_dates"(integer, text);

DROP FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer, integer);

DROP FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer);

DROP FUNCTION "public"."instalment_offer_terms"(uuid);

DROP FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer);

ALTER TABLE "public"."offers"
  ADD COLUMN "deposit_sessions" integer;

CREATE OR REPLACE FUNCTION private.create_plan (
  offer   public.offers,
  client  public.profiles,
  version integer,
  words   text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_part public.offers := create_plan.offer;
  v_plan_id uuid;
  v_instalment record;
  v_order_id uuid;
begin
  insert into public.payment_plans (client_id, coach_id, offer_id, instalments, version, words, words_sha256)
  values (
    (create_plan.client).id, v_part.coach_id, v_part.id, v_part.instalments, create_plan.version, create_plan.words,
    encode(sha256(convert_to(create_plan.words, 'UTF8')), 'hex')
  )
  returning payment_plans.id into v_plan_id;

  for v_instalment in
    select * from private.instalment_schedule(create_plan.offer, (create_plan.client).time_zone) order by plan_position
  loop
    v_part.session_count := v_instalment.session_count;
    v_part.price_cents := v_instalment.amount_cents;
    v_order_id := private.create_order(v_part, (create_plan.client).id);
    update public.orders
    set plan_id = v_plan_id, plan_position = v_instalment.plan_position, due_at = v_instalment.due_at
    where orders.id = v_order_id;
  end loop;

  return (select orders.id from public.orders where orders.plan_id = v_plan_id and orders.plan_position = 1);
end;
$function$;

CREATE OR REPLACE FUNCTION private.dollars (
  cents integer
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select '$' || to_char(dollars.cents / 100.0, 'FM999,990.00');
$function$;

CREATE OR REPLACE FUNCTION private.instalment_schedule (
  offer     public.offers,
  time_zone text
)
  RETURNS TABLE (
    plan_position integer,
    due_at        timestamp with time zone,
    session_count integer,
    amount_cents  integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select parts.plan_position,
    (now() at time zone instalment_schedule.time_zone + make_interval(months => parts.plan_position - 1))
      at time zone instalment_schedule.time_zone,
    parts.session_count,
    parts.session_count * ((instalment_schedule.offer).price_cents / (instalment_schedule.offer).session_count)
  from (
    select position as plan_position,
      case
        when position = 1 and (instalment_schedule.offer).deposit_sessions is not null then (instalment_schedule.offer).deposit_sessions
        else ((instalment_schedule.offer).session_count - coalesce((instalment_schedule.offer).deposit_sessions, 0))
          / ((instalment_schedule.offer).instalments - num_nonnulls((instalment_schedule.offer).deposit_sessions))
      end as session_count
    from generate_series(1, (instalment_schedule.offer).instalments) as position
  ) as parts;
$function$;

CREATE OR REPLACE FUNCTION private.instalment_terms (
  offer     public.offers,
  time_zone text
)
  RETURNS TABLE (
    version integer,
    words   text
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case when (private.settings()).automatic_tax then 2 else 1 end
      + case when (instalment_terms.offer).deposit_sessions is not null then 2 else 0 end,
    format(
      'I agree that “%s” with %s is charged to my card in %s parts%s%s less what a coupon takes off: the first '
      'now%s, the others by themselves on %s. Each %s pays for %s. I can stop at any time with one click on the page of '
      'the package: nothing more is charged then, and the sessions that I have paid for stay mine. A card that is '
      'declined is tried again %s days later; after that the plan ends, and I owe nothing more.',
      (instalment_terms.offer).title,
      coaches.display_name,
      (instalment_terms.offer).instalments,
      case
        when (instalment_terms.offer).deposit_sessions is null then ' of ' || private.dollars(later.amount_cents) || ' each'
        else format(', a deposit of %s and then %s each', private.dollars(first.amount_cents), private.dollars(later.amount_cents))
      end,
      private.plus_tax(without => ','),
      case
        when (instalment_terms.offer).deposit_sessions is null then ''
        else ', which pays for ' || private.sessions_in_words(first.session_count)
      end,
      (
        select private.words_list(array_agg(
          to_char(schedule.due_at at time zone instalment_terms.time_zone, 'FMMonth FMDD, YYYY') order by schedule.plan_position
        ))
        from private.instalment_schedule(instalment_terms.offer, instalment_terms.time_zone) as schedule
        where schedule.plan_position > 1
      ),
      case when (instalment_terms.offer).deposit_sessions is null then 'part' else 'of these' end,
      private.sessions_in_words(later.session_count),
      private.words_list((private.settings()).charge_retry_days::text[])
    )
  from public.coaches
  cross join private.instalment_schedule(instalment_terms.offer, instalment_terms.time_zone) as first
  cross join private.instalment_schedule(instalment_terms.offer, instalment_terms.time_zone) as later
  where coaches.id = (instalment_terms.offer).coach_id
    and first.plan_position = 1
    and later.plan_position = 2;
$function$;

CREATE OR REPLACE FUNCTION private.membership_terms (
  offer      public.offers,
  trial_days integer,
  is_change  boolean       DEFAULT false
)
  RETURNS TABLE (
    version           integer,
    words             text,
    no_show_fee_cents integer
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case when (private.settings()).automatic_tax then 3 else 2 end, format(
    'I agree that “%s” with %s renews by itself. %s%s%s is charged to my card %s%s, until I cancel. I can cancel at any '
    'time with one click, on the membership’s page or through Billing in my settings. It then works until the end of '
    'the time that is paid, and nothing more is charged. Sessions that I do not use within their period are not '
    'paid back.%s',
    (membership_terms.offer).title,
    coaches.display_name,
    case when membership_terms.trial_days > 0
      then format('The first %s days cost nothing. Then ', membership_terms.trial_days) else '' end,
    private.dollars((membership_terms.offer).price_cents),
    private.plus_tax(),
    case
      when membership_terms.is_change then 'at the next renewal and then '
      when membership_terms.trial_days > 0 then ''
      else 'today and then '
    end,
    case (membership_terms.offer).billing_interval when 'month' then 'every month' else 'every year' end,
    case when cancellation_policies.no_show_fee_cents > 0
      then format(
        ' If I do not come to a session that I have booked, %s is charged to the same card. I am told before, and can '
        'object within %s hours; nothing is charged then before somebody has looked at it.',
        private.dollars(cancellation_policies.no_show_fee_cents),
        (private.settings()).objection_minutes / 60
      ) else '' end
  ), cancellation_policies.no_show_fee_cents
  from public.coaches
  join public.cancellation_policies on cancellation_policies.id = coaches.cancellation_policy_id
  where coaches.id = (membership_terms.offer).coach_id;
$function$;

CREATE OR REPLACE FUNCTION private.require_valid_offer (
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  kind             public.offer_kind DEFAULT 'session'::public.offer_kind,
  seats            integer           DEFAULT NULL::integer,
  session_count    integer           DEFAULT NULL::integer,
  valid_months     integer           DEFAULT NULL::integer,
  instalments      integer           DEFAULT NULL::integer,
  deposit_sessions integer           DEFAULT NULL::integer
)
  RETURNS void
  LANGUAGE plpgsql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION private.sessions_in_words (
  sessions integer
)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select case sessions_in_words.sessions when 1 then 'one session' else sessions_in_words.sessions || ' sessions' end;
$function$;

CREATE OR REPLACE FUNCTION public.change_offer (
  offer_id         uuid,
  title            text,
  description      text,
  duration_minutes integer,
  price_cents      integer,
  is_instant       boolean DEFAULT true,
  seats            integer DEFAULT NULL::integer,
  session_count    integer DEFAULT NULL::integer,
  valid_months     integer DEFAULT NULL::integer,
  instalments      integer DEFAULT NULL::integer,
  deposit_sessions integer DEFAULT NULL::integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach();
  v_previous public.offers;
  v_offer_id uuid;
begin
  v_previous := private.archive_own_offer(v_coach.id, change_offer.offer_id);

  if v_previous.kind = 'membership' then
    raise exception 'Change a membership on its own page.' using errcode = 'OFGON';
  end if;

  perform private.require_valid_offer(
    change_offer.title, change_offer.description, change_offer.duration_minutes, change_offer.price_cents, v_previous.kind,
    change_offer.seats, change_offer.session_count, change_offer.valid_months, change_offer.instalments,
    change_offer.deposit_sessions
  );

  insert into public.offers (
    lineage_id, version, coach_id, kind, title, description, duration_minutes, price_cents, is_instant, seats, session_count,
    valid_months, instalments, deposit_sessions
  )
  values (
    v_previous.lineage_id, v_previous.version + 1, v_previous.coach_id, v_previous.kind, trim(change_offer.title),
    trim(change_offer.description), change_offer.duration_minutes,
    case v_previous.kind
      when 'intro_call' then 0
      when 'package' then change_offer.session_count * change_offer.price_cents
      else change_offer.price_cents
    end,
    v_previous.kind not in ('session', 'package') or change_offer.is_instant,
    case v_previous.kind when 'group_session' then change_offer.seats end,
    case v_previous.kind when 'package' then change_offer.session_count end,
    case v_previous.kind when 'package' then change_offer.valid_months end,
    case v_previous.kind when 'package' then change_offer.instalments end,
    case v_previous.kind when 'package' then change_offer.deposit_sessions end
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer, integer) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.instalment_offer_terms (
  offer_id uuid
)
  RETURNS TABLE (
    words         text,
    words_sha256  text,
    due_dates     timestamp with time zone[],
    amounts_cents integer[]
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select terms.words, encode(sha256(convert_to(terms.words, 'UTF8')), 'hex'), schedule.due_dates, schedule.amounts_cents
  from public.offers
  join public.coaches on coaches.id = offers.coach_id and coaches.status = 'approved'
  cross join lateral (
    select coalesce(
      (select profiles.time_zone from public.profiles where profiles.id = private.current_profile_id()), coaches.time_zone
    ) as time_zone
  ) as reader
  cross join lateral private.instalment_terms(offers, reader.time_zone) as terms
  cross join lateral (
    select array_agg(parts.due_at order by parts.plan_position) as due_dates,
      array_agg(parts.amount_cents order by parts.plan_position) as amounts_cents
    from private.instalment_schedule(offers, reader.time_zone) as parts
  ) as schedule
  where offers.id = instalment_offer_terms.offer_id
    and offers.archived_at is null
    and offers.instalments is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."instalment_offer_terms"(uuid) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.make_package (
  title            text,
  description      text,
  duration_minutes integer,
  session_cents    integer,
  session_count    integer,
  valid_months     integer,
  is_instant       boolean DEFAULT true,
  instalments      integer DEFAULT NULL::integer,
  deposit_sessions integer DEFAULT NULL::integer
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_coach public.coaches := private.require_coach(); -- Locks the practice: the count below holds.
  v_offer_id uuid;
begin
  perform private.require_valid_offer(
    make_package.title, make_package.description, make_package.duration_minutes, make_package.session_cents, 'package',
    null, make_package.session_count, make_package.valid_months, make_package.instalments,
    make_package.deposit_sessions
  );
  perform private.require_room_for_offer(v_coach.id);

  insert into public.offers (
    coach_id, kind, title, description, duration_minutes, price_cents, is_instant, session_count, valid_months,
    instalments, deposit_sessions
  )
  values (
    v_coach.id, 'package', trim(make_package.title), trim(make_package.description), make_package.duration_minutes,
    make_package.session_count * make_package.session_cents, make_package.is_instant,
    make_package.session_count, make_package.valid_months, make_package.instalments, make_package.deposit_sessions
  )
  returning offers.id into v_offer_id;

  return v_offer_id;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer, integer) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_deposit" CHECK (((deposit_sessions IS NULL) OR ((instalments IS
    NOT NULL) AND ((deposit_sessions >= 1) AND (deposit_sessions <= ((session_count - instalments) + 1))))));

ALTER TABLE "public"."offers"
  ADD CONSTRAINT "offers_instalments"
    CHECK
    (((instalments IS NULL) OR ((kind = 'package'::public.offer_kind) AND ((instalments >= 2) AND (instalments <= 12)) AND (instalments <= valid_months) AND (((session_count -
    COALESCE(deposit_sessions, 0)) % GREATEST((instalments - num_nonnulls(deposit_sessions)), 1)) = 0))));

REVOKE ALL ON FUNCTION "private"."dollars"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."dollars"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."dollars"(integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."instalment_schedule"(public.offers, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."instalment_schedule"(public.offers, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."instalment_schedule"(public.offers, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer, integer, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."require_valid_offer"(text, text, integer, integer, public.offer_kind, integer, integer, integer, integer, integer) TO "postgres";

REVOKE ALL ON FUNCTION "private"."sessions_in_words"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sessions_in_words"(integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."sessions_in_words"(integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."change_offer"(uuid, text, text, integer, integer, boolean, integer, integer, integer, integer, integer) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."instalment_offer_terms"(uuid) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."instalment_offer_terms"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."instalment_offer_terms"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer, integer) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer, integer) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_package"(text, text, integer, integer, integer, integer, boolean, integer, integer) TO "postgres";
