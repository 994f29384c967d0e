SET local check_function_bodies = off;

CREATE SEQUENCE "private"."booking_transitions_id_seq" AS smallint INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."booking_transitions" (
  "id"     smallint               NOT NULL DEFAULT nextval('private.booking_transitions_id_seq'::regclass),
  "before" public.booking_status,
  "after"  public.booking_status  NOT NULL,
  "verb"   text                   NOT NULL,
  "actors" public.booking_actor[],
  CONSTRAINT "booking_transitions_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."booking_transitions"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."busy_times" (
  "id"          uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "coach_id"    uuid                        NOT NULL,
  "source"      text                        NOT NULL,
  "external_id" text                        NOT NULL,
  "starts_at"   timestamp(6) with time zone NOT NULL,
  "ends_at"     timestamp(6) with time zone NOT NULL,
  "synced_at"   timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "during"      tstzrange                   GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED NOT NULL,
  CONSTRAINT "busy_times_end_after_start" CHECK ((ends_at > starts_at)),
  CONSTRAINT "busy_times_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."busy_times"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."busy_times" FROM "anon", "service_role";

ALTER SEQUENCE "private"."booking_transitions_id_seq" OWNED BY "private"."booking_transitions"."id";

ALTER TABLE "public"."bookings"
  ADD COLUMN "sequence" integer NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION private.is_busy_elsewhere (
  coach_id    uuid,
  time_window tstzrange
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select exists (
    select
    from public.busy_times
    where busy_times.coach_id = is_busy_elsewhere.coach_id
      and busy_times.during && is_busy_elsewhere.time_window
  );
$function$;

CREATE OR REPLACE FUNCTION private.move_booking (
  booking_id uuid,
  expected   public.booking_status[],
  target     public.booking_status,
  actor      public.booking_actor,
  detail     jsonb                   DEFAULT '{}'::jsonb
)
  RETURNS boolean
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_before public.booking_status;
begin
  select bookings.status into v_before
  from public.bookings
  where bookings.id = move_booking.booking_id
  for update;

  if not (v_before = any (move_booking.expected)) then
    return false;
  end if;

  if not exists (
    select from private.booking_transitions
    where booking_transitions.before = v_before
      and booking_transitions.after = move_booking.target
      and move_booking.actor = any (booking_transitions.actors)
  ) then
    raise exception 'A booking that is % cannot be made % by the %.', v_before, move_booking.target, move_booking.actor
      using errcode = 'OBMOV';
  end if;

  update public.bookings
  set status = move_booking.target,
      hold_expires_at = case when move_booking.target = 'held' then hold_expires_at end,
      confirmed_at = case when move_booking.target = 'confirmed' then now() else confirmed_at end,
      completed_at = case when move_booking.target = 'completed' then now() else completed_at end,
      sequence = bookings.sequence + (move_booking.target = 'cancelled')::integer,
      cancelled_at = case when move_booking.target = 'cancelled' then now() end,
      cancelled_by = case when move_booking.target = 'cancelled' then move_booking.actor end,
      cancel_reason = case when move_booking.target = 'cancelled' then move_booking.detail ->> 'reason' end
  where bookings.id = move_booking.booking_id;

  insert into public.booking_events (booking_id, actor, actor_id, before, after, detail)
  values (
    move_booking.booking_id,
    move_booking.actor,
    case when move_booking.actor in ('client', 'coach') then private.current_profile_id() end,
    v_before,
    move_booking.target,
    move_booking.detail
  );

  return true;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tg_bookings__keep_to_transitions()
  RETURNS TRIGGER
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  if not exists (
    select from private.booking_transitions
    where booking_transitions.before = old.status
      and booking_transitions.after = new.status
  ) then
    raise exception 'A booking that is % cannot become %.', old.status, new.status using errcode = 'OBMOV';
  end if;

  return new;
end;
$function$;

CREATE OR REPLACE FUNCTION public.available_slots (
  offer_id uuid,
  from_at  timestamp with time zone,
  to_at    timestamp with time zone
)
  RETURNS TABLE (
    starts_at timestamp with time zone,
    ends_at   timestamp with time zone
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  with offer as (
    select offers.coach_id, offers.duration_minutes
    from public.offers
    join public.coaches on coaches.id = offers.coach_id
    where offers.id = available_slots.offer_id
      and offers.archived_at is null
      and coaches.status = 'approved'
  )
  select slot.starts_at, slot.ends_at
  from offer
  cross join lateral private.offered_slots(
    offer.coach_id,
    offer.duration_minutes,
    tstzrange(
      available_slots.from_at,
      least(greatest(available_slots.to_at, available_slots.from_at), available_slots.from_at + interval '62 days')
    )
  ) as slot
  where not exists (
    select
    from public.bookings
    where bookings.coach_id = offer.coach_id
      and bookings.during && tstzrange(slot.starts_at, slot.ends_at)
      and bookings.status in ('held', 'requested', 'confirmed')
      and not (bookings.status = 'held' and bookings.hold_expires_at <= now())
  )
    and not private.is_busy_elsewhere(offer.coach_id, tstzrange(slot.starts_at, slot.ends_at))
  order by slot.starts_at;
$function$;

CREATE OR REPLACE FUNCTION public.request_booking (
  offer_id  uuid,
  starts_at timestamp with time zone,
  time_zone text,
  note      text                     DEFAULT ''::text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_settings private.platform_settings := private.settings();
  v_offer public.offers;
  v_ends_at timestamptz;
  v_order_id uuid;
  v_booking_id uuid;
begin
  if not private.is_time_zone(request_booking.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(request_booking.offer_id, v_client.id);
  v_ends_at := request_booking.starts_at + make_interval(mins => v_offer.duration_minutes);

  -- Two requests of one client wait for each other here, so that the count holds.
  perform from public.profiles where profiles.id = v_client.id for no key update;

  if (
    select count(*) from public.bookings
    where bookings.client_id = v_client.id
      and bookings.status = 'held'
      and bookings.hold_expires_at > now()
  ) >= 3 then
    raise exception 'You are holding three times already. Pay for one or let it go first.' using errcode = 'OBMNY';
  end if;

  if not private.is_offered(v_offer, request_booking.starts_at)
    or private.is_busy_elsewhere(v_offer.coach_id, tstzrange(request_booking.starts_at, v_ends_at)) then
    raise exception 'This time is not open for booking. Choose another one.' using errcode = 'OBTIM';
  end if;

  perform private.expire_lapsed_holds(v_offer.coach_id, tstzrange(request_booking.starts_at, v_ends_at));

  v_order_id := private.create_order(v_offer, v_client.id);

  insert into public.bookings (order_id, offer_id, coach_id, client_id, starts_at, ends_at, client_time_zone, note, hold_expires_at)
  values (
    v_order_id, v_offer.id, v_offer.coach_id, v_client.id, request_booking.starts_at, v_ends_at,
    request_booking.time_zone, left(trim(request_booking.note), 1000),
    now() + make_interval(mins => v_settings.hold_minutes)
  )
  on conflict do nothing
  returning bookings.id into v_booking_id;

  if v_booking_id is null then
    raise exception 'Somebody else has just taken this time. Choose another one.' using errcode = 'OBTKN';
  end if;

  insert into public.booking_events (booking_id, actor, actor_id, after)
  values (v_booking_id, 'client', v_client.id, 'held');

  return v_booking_id;
end;
$function$;

ALTER TABLE "public"."busy_times"
  ADD CONSTRAINT "busy_times_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE UNIQUE INDEX booking_transitions_one_per_verb ON private.booking_transitions USING btree (BEFORE, AFTER, verb) NULLS NOT DISTINCT;

CREATE INDEX busy_times_during_idx ON public.busy_times USING gist (coach_id, during);

CREATE UNIQUE INDEX busy_times_one_per_entry ON public.busy_times USING btree (coach_id, source, external_id);

CREATE TRIGGER bookings__keep_to_transitions
  BEFORE UPDATE OF status ON public.bookings
  FOR EACH ROW
  WHEN ((old.status IS DISTINCT FROM new.status))
  EXECUTE FUNCTION private.tg_bookings__keep_to_transitions();

CREATE POLICY "Nobody reads the state machine over the API" ON "private"."booking_transitions"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Coaches can view when they are busy elsewhere" ON "public"."busy_times"
  FOR SELECT
  TO "authenticated"
  USING ((coach_id = ( SELECT private.current_coach_id() AS current_coach_id)));

COMMENT ON TABLE "private"."booking_transitions" IS 'How a booking may change, by what and by whom: the state machine. Rows are in supabase/seed.sql.';

COMMENT ON TABLE "public"."busy_times" IS 'When a coach is busy elsewhere, as an outside calendar says; nothing is offered then.';

REVOKE ALL ON FUNCTION "private"."is_busy_elsewhere"(uuid, tstzrange) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_busy_elsewhere"(uuid, tstzrange) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_busy_elsewhere"(uuid, tstzrange) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tg_bookings__keep_to_transitions"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tg_bookings__keep_to_transitions"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tg_bookings__keep_to_transitions"() TO "postgres";

REVOKE ALL ON TABLE "public"."busy_times" FROM "authenticated";

GRANT SELECT ON TABLE "public"."busy_times" TO "authenticated";
