SET local check_function_bodies = off;

CREATE TABLE "private"."slot_openings" (
  "id"         uuid                        NOT NULL DEFAULT gen_random_uuid(),
  "watch_id"   uuid                        NOT NULL,
  "client_id"  uuid                        NOT NULL,
  "coach_id"   uuid                        NOT NULL,
  "starts_at"  timestamp(6) with time zone NOT NULL,
  "created_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "slot_openings_pkey" PRIMARY KEY (id)
);

ALTER TABLE "private"."slot_openings"
  ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."slot_watches" (
  "id"           uuid                          NOT NULL DEFAULT gen_random_uuid(),
  "client_id"    uuid                          NOT NULL,
  "coach_id"     uuid                          NOT NULL,
  "offer_id"     uuid                          NOT NULL,
  "booking_id"   uuid,
  "before_at"    timestamp(6) with time zone   NOT NULL,
  "time_zone"    text                          NOT NULL,
  "known_starts" timestamp(6) with time zone[],
  "check_at"     timestamp(6) with time zone,
  "created_at"   timestamp(6) with time zone   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at"     timestamp(6) with time zone,
  CONSTRAINT "slot_watches_end_after_start" CHECK ((before_at > created_at)),
  CONSTRAINT "slot_watches_pkey" PRIMARY KEY (id)
);

ALTER TABLE "public"."slot_watches"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."slot_watches" FROM "anon", "service_role";

ALTER TABLE "private"."platform_settings"
  ADD COLUMN "opened_mails_per_day" integer NOT NULL DEFAULT 3;

CREATE OR REPLACE FUNCTION private.forget_clerk_user (
  clerk_user_id text
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  insert into public.profiles as existing (clerk_user_id, deleted_at)
  values (forget_clerk_user.clerk_user_id, now())
  on conflict (clerk_user_id) do update
  set first_name = '', last_name = '', company = '', home_state = null,
      deleted_at = coalesce(existing.deleted_at, now())
  returning existing.id into v_profile_id;

  perform private.leave_sessions(v_profile_id);

  delete from public.profile_contacts where profile_contacts.profile_id = v_profile_id;
  delete from public.slot_watches where slot_watches.client_id = v_profile_id;
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  update public.reviews set author_name = 'A former member' where reviews.author_id = v_profile_id;
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.is_still_open (
  opening_id uuid
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(bool_or(
    private.watch_until(slot_watches) > slot_openings.starts_at
    and private.is_free(private.watched_offer(slot_watches), slot_openings.starts_at, slot_watches.booking_id)
  ), false)
  from private.slot_openings
  join public.slot_watches on slot_watches.id = slot_openings.watch_id
  where slot_openings.id = is_still_open.opening_id;
$function$;

CREATE OR REPLACE FUNCTION private.is_still_true (
  notification public.notifications
)
  RETURNS boolean
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case (is_still_true.notification).kind
    when 'booking_confirmed' then booking.status in ('confirmed', 'completed')
    when 'reminder_24h' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'reminder_15m' then booking.status = 'confirmed' and booking.starts_at > now()
      and (is_still_true.notification).version = booking.sequence + 1
    when 'booking_moved' then booking.status = 'confirmed'
      and (is_still_true.notification).version = booking.sequence + 1
    when 'booking_cancelled' then booking.status = 'cancelled'
    when 'review_invitation' then booking.status = 'completed' and not exists (
      select from public.reviews where reviews.booking_id = booking.id
    )
    when 'slot_opened' then private.is_still_open((is_still_true.notification).subject_id)
    when 'message_received' then exists (
      select
      from public.conversations
      left join public.conversation_reads
        on conversation_reads.conversation_id = conversations.id
        and conversation_reads.profile_id = (is_still_true.notification).recipient_id
      where conversations.id = (is_still_true.notification).subject_id
        and conversations.last_seq > coalesce(conversation_reads.last_read_seq, 0)
    )
    else true
  end
  from (select) as one
  left join public.bookings as booking on booking.id = (is_still_true.notification).booking_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_opening (
  notification public.notifications
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object('opening', jsonb_build_object(
    'starts_at', slot_openings.starts_at,
    'ends_at', slot_openings.starts_at + make_interval(mins => offer.duration_minutes),
    'time_zone', slot_watches.time_zone,
    'booking_id', slot_watches.booking_id,
    'offer_id', offer.id,
    'offer_title', offer.title,
    'coach_name', coaches.display_name,
    'coach_slug', coaches.slug
  ))
  from private.slot_openings
  join public.slot_watches on slot_watches.id = slot_openings.watch_id
  join public.coaches on coaches.id = slot_openings.coach_id
  cross join lateral private.watched_offer(slot_watches) as offer
  where (mail_opening.notification).kind = 'slot_opened'
    and slot_openings.id = (mail_opening.notification).subject_id;
$function$;

CREATE OR REPLACE FUNCTION private.mail_work (
  notification_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'notification_id', notifications.id,
    'kind', notifications.kind,
    'version', notifications.version,
    'created_at', notifications.created_at,
    'clerk_user_id', recipient.clerk_user_id,
    'email', profile_contacts.email,
    'first_name', recipient.first_name,
    'subject_id', notifications.subject_id,
    'booking', private.mail_booking(notifications.booking_id, notifications.recipient_id)
  ) || coalesce(private.mail_opening(notifications), '{}')
  from public.notifications
  join public.profiles as recipient on recipient.id = notifications.recipient_id
  left join public.profile_contacts on profile_contacts.profile_id = recipient.id
  where notifications.id = mail_work.notification_id
    and notifications.sent_at is null
    and notifications.skipped_at is null
    and recipient.deleted_at is null
    and private.is_still_true(notifications);
$function$;

CREATE OR REPLACE FUNCTION private.refresh_next_times()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_changed uuid[];
begin
  if not pg_try_advisory_xact_lock(hashtextextended('refresh_next_times', 0)) then
    return;
  end if;

  with noted as (
    delete from private.calendar_changes
    where calendar_changes.coach_id in (
      select distinct changes.coach_id
      from (select * from private.calendar_changes order by calendar_changes.id limit 1000) as changes
    )
    returning calendar_changes.coach_id
  )
  select coalesce(array_agg(distinct noted.coach_id), '{}') into v_changed from noted;

  -- Whoever waits for a time of theirs is looked after by tell_opened_slots.
  update public.slot_watches set check_at = now()
  where slot_watches.coach_id = any (v_changed) and slot_watches.ended_at is null;

  -- A statement of its own: it sees everything that the notes it took were about.
  with due as (
    select unnest(v_changed) as coach_id
    union
    (
      select next_times.coach_id from private.next_times
      where next_times.check_at <= now()
      order by next_times.check_at
      limit 1000
    )
  )
  insert into private.next_times (coach_id, next_at, next_ends_at, check_at)
  select coaches.id, next.starts_at, next.ends_at,
    -- Without a free time the horizon may bring one, as days go by.
    coalesce(
      next.starts_at - make_interval(mins => availability_settings.minimum_notice_minutes),
      now() + interval '15 minutes'
    )
  from due
  join public.coaches on coaches.id = due.coach_id
  join public.availability_settings on availability_settings.coach_id = coaches.id
  left join lateral private.next_free(coaches.id) as next on true
  where coaches.status = 'approved'
  on conflict (coach_id) do update
  set next_at = excluded.next_at,
      next_ends_at = excluded.next_ends_at,
      check_at = excluded.check_at;

  delete from private.next_times
  using public.coaches
  where next_times.coach_id = any (v_changed)
    and coaches.id = next_times.coach_id
    and coaches.status <> 'approved';
end;
$function$;

CREATE OR REPLACE FUNCTION private.start_watch (
  client_id  uuid,
  coach_id   uuid,
  offer_id   uuid,
  booking_id uuid,
  before_at  timestamp with time zone,
  time_zone  text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_watch public.slot_watches;
begin
  perform from public.profiles where profiles.id = start_watch.client_id for no key update;

  update public.slot_watches
  set before_at = start_watch.before_at, time_zone = start_watch.time_zone
  where slot_watches.client_id = start_watch.client_id
    and slot_watches.offer_id = start_watch.offer_id
    and slot_watches.booking_id is not distinct from start_watch.booking_id
    and slot_watches.ended_at is null
  returning * into v_watch;

  if not found then
    if (
      select count(*) from public.slot_watches
      where slot_watches.client_id = start_watch.client_id and slot_watches.ended_at is null and slot_watches.before_at > now()
    ) >= 10 then
      raise exception 'You wait for ten times already. Stop waiting for one of them first.' using errcode = 'WTMNY';
    end if;

    insert into public.slot_watches (client_id, coach_id, offer_id, booking_id, before_at, time_zone)
    values (
      start_watch.client_id, start_watch.coach_id, start_watch.offer_id, start_watch.booking_id,
      start_watch.before_at, start_watch.time_zone
    )
    returning * into v_watch;
  end if;

  update public.slot_watches
  set known_starts = private.watched_starts(v_watch), check_at = null
  where slot_watches.id = v_watch.id;

  return v_watch.id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tell_opened_slots()
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_watch public.slot_watches;
  v_free timestamptz[];
begin
  for v_watch in
    select slot_watches.*
    from public.slot_watches
    where slot_watches.ended_at is null
      and (slot_watches.check_at <= now() or slot_watches.before_at <= now())
    order by slot_watches.check_at
    limit 200
    for update skip locked
  loop
    if coalesce(private.watch_until(v_watch), '-infinity') <= now() then
      update public.slot_watches set ended_at = now() where slot_watches.id = v_watch.id;
      continue;
    end if;

    v_free := private.watched_starts(v_watch);

    -- A session that was moved has another start by now.
    update public.slot_watches
    set known_starts = v_free, check_at = null, before_at = private.watch_until(v_watch)
    where slot_watches.id = v_watch.id;

    perform private.tell_opening(v_watch, min(opened.starts_at))
    from (select unnest(v_free) as starts_at except select unnest(v_watch.known_starts)) as opened
    having min(opened.starts_at) is not null;
  end loop;
end;
$function$;

CREATE OR REPLACE FUNCTION private.tell_opening (
  watch     public.slot_watches,
  starts_at timestamp with time zone
)
  RETURNS void
  LANGUAGE plpgsql
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_opening_id uuid;
begin
  if (
    select count(*) from private.slot_openings
    where slot_openings.client_id = (tell_opening.watch).client_id
      and slot_openings.created_at > now() - interval '1 day'
  ) >= (private.settings()).opened_mails_per_day then
    return;
  end if;

  insert into private.slot_openings (watch_id, client_id, coach_id, starts_at)
  values (
    (tell_opening.watch).id, (tell_opening.watch).client_id, (tell_opening.watch).coach_id, tell_opening.starts_at
  )
  on conflict (client_id, coach_id, starts_at) do nothing
  returning slot_openings.id into v_opening_id;

  if v_opening_id is not null then
    perform private.notify((tell_opening.watch).client_id, 'slot_opened', v_opening_id);
  end if;
end;
$function$;

CREATE OR REPLACE FUNCTION private.watch_until (
  watch public.slot_watches
)
  RETURNS timestamp WITH time zone
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select case
    when (watch_until.watch).ended_at is not null then null
    when (watch_until.watch).booking_id is null then
      case when (private.watched_offer(watch_until.watch)).id is not null then (watch_until.watch).before_at end
    else (
      select bookings.starts_at from public.bookings
      where bookings.id = (watch_until.watch).booking_id and bookings.status = 'confirmed'
    )
  end;
$function$;

CREATE OR REPLACE FUNCTION private.watched_offer (
  watch public.slot_watches
)
  RETURNS public.offers
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select current.*
  from public.offers as sold
  join public.offers as current on current.lineage_id = sold.lineage_id
  where sold.id = (watched_offer.watch).offer_id
    and case
      when (watched_offer.watch).booking_id is null then current.archived_at is null
      else current.id = sold.id
    end;
$function$;

CREATE OR REPLACE FUNCTION private.watched_starts (
  watch public.slot_watches
)
  RETURNS timestamp WITH time zone[]
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select coalesce(array_agg(slot.starts_at order by slot.starts_at), '{}')
  from public.coaches
  cross join lateral (
    select (private.watched_offer(watched_starts.watch)).duration_minutes,
      private.watch_until(watched_starts.watch) as until_at
  ) as wanted
  cross join lateral private.free_slots(
    coaches.id, wanted.duration_minutes,
    tstzrange(now(), greatest(wanted.until_at, now())), (watched_starts.watch).booking_id
  ) as slot
  where coaches.id = (watched_starts.watch).coach_id
    and coaches.status = 'approved'
    and wanted.until_at is not null;
$function$;

CREATE OR REPLACE FUNCTION public.stop_watch (
  watch_id uuid
)
  RETURNS void
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
begin
  update public.slot_watches
  set ended_at = coalesce(slot_watches.ended_at, now())
  where slot_watches.id = stop_watch.watch_id
    and slot_watches.client_id = private.current_profile_id();

  if not found then
    raise exception 'There is nothing to stop here.' using errcode = 'WTNFD';
  end if;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."stop_watch"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.watch_booking (
  booking_id uuid
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_booking public.bookings;
begin
  select * into v_booking
  from public.bookings
  where bookings.id = watch_booking.booking_id
    and bookings.client_id = v_client.id;

  if not found then
    raise exception 'This booking does not exist.' using errcode = 'OBNFD';
  end if;

  if v_booking.status <> 'confirmed' or v_booking.starts_at <= now() then
    raise exception 'This session is not to come, so no time is sooner.' using errcode = 'WTOVR';
  end if;

  return private.start_watch(
    v_client.id, v_booking.coach_id, v_booking.offer_id, v_booking.id, v_booking.starts_at, v_booking.client_time_zone
  );
end;
$function$;

REVOKE ALL ON FUNCTION "public"."watch_booking"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.watch_offer (
  offer_id  uuid,
  last_day  date,
  time_zone text
)
  RETURNS uuid
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_client public.profiles := private.require_profile();
  v_offer public.offers;
  v_before_at timestamptz;
begin
  if not private.is_time_zone(watch_offer.time_zone) then
    raise exception 'Choose your time zone.' using errcode = 'UPZON';
  end if;

  v_offer := private.require_open_offer(watch_offer.offer_id, v_client.id);
  v_before_at := (watch_offer.last_day + 1)::timestamp at time zone watch_offer.time_zone;

  if v_before_at is null or v_before_at not between now() and now() + interval '62 days' then
    raise exception 'Choose a day from today to two months ahead.' using errcode = 'WTDAY';
  end if;

  return private.start_watch(v_client.id, v_offer.coach_id, v_offer.id, null, v_before_at, watch_offer.time_zone);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."watch_offer"(uuid, date, text) FROM PUBLIC, "anon", "service_role";

ALTER TABLE "private"."slot_openings"
  ADD CONSTRAINT "slot_openings_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."slot_openings"
  ADD CONSTRAINT "slot_openings_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."slot_watches"
  ADD CONSTRAINT "slot_watches_booking_id_fkey" FOREIGN KEY (booking_id) REFERENCES public.bookings(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE "public"."slot_watches"
  ADD CONSTRAINT "slot_watches_client_id_fkey" FOREIGN KEY (client_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."slot_watches"
  ADD CONSTRAINT "slot_watches_coach_id_fkey" FOREIGN KEY (coach_id) REFERENCES public.coaches(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "public"."slot_watches"
  ADD CONSTRAINT "slot_watches_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES public.offers(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE "private"."slot_openings"
  ADD CONSTRAINT "slot_openings_watch_id_fkey" FOREIGN KEY (watch_id) REFERENCES public.slot_watches(id) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE INDEX slot_openings_coach_id_idx ON private.slot_openings USING btree (coach_id);

CREATE UNIQUE INDEX slot_openings_once_per_person_and_time ON private.slot_openings USING btree (client_id, coach_id, starts_at);

CREATE INDEX slot_openings_watch_id_idx ON private.slot_openings USING btree (watch_id);

CREATE INDEX slot_watches_booking_id_idx ON public.slot_watches USING btree (booking_id);

CREATE INDEX slot_watches_client_id_idx ON public.slot_watches USING btree (client_id);

CREATE INDEX slot_watches_coach_id_idx ON public.slot_watches USING btree (coach_id);

CREATE INDEX slot_watches_due_idx ON public.slot_watches USING btree (check_at)
  WHERE (ended_at IS NULL);

CREATE INDEX slot_watches_offer_id_idx ON public.slot_watches USING btree (offer_id);

CREATE UNIQUE INDEX slot_watches_one_per_booking ON public.slot_watches USING btree (client_id, booking_id)
  WHERE ((booking_id IS NOT NULL) AND (ended_at IS NULL));

CREATE UNIQUE INDEX slot_watches_one_per_offer ON public.slot_watches USING btree (client_id, offer_id)
  WHERE ((booking_id IS NULL) AND (ended_at IS NULL));

CREATE POLICY "Nobody reads over the API which times opened" ON "private"."slot_openings"
  FOR SELECT
  TO "anon", "authenticated"
  USING (false);

CREATE POLICY "Clients can view what they wait for" ON "public"."slot_watches"
  FOR SELECT
  TO "authenticated"
  USING ((client_id = ( SELECT private.current_profile_id() AS current_profile_id)));

COMMENT ON TABLE "private"."slot_openings" IS 'A time that opened and that its client was told of: once per person and time.';

COMMENT ON TABLE "public"."slot_watches" IS 'A client''s wish to be told when a coach has a time sooner than their session, or than a date.';

REVOKE ALL ON FUNCTION "private"."is_still_open"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."is_still_open"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."is_still_open"(uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."mail_opening"(public.notifications) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."mail_opening"(public.notifications) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."mail_opening"(public.notifications) TO "postgres";

REVOKE ALL ON FUNCTION "private"."start_watch"(uuid, uuid, uuid, uuid, timestamp WITH time zone, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."start_watch"(uuid, uuid, uuid, uuid, timestamp WITH time zone, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."start_watch"(uuid, uuid, uuid, uuid, timestamp WITH time zone, text) TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_opened_slots"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_opened_slots"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_opened_slots"() TO "postgres";

REVOKE ALL ON FUNCTION "private"."tell_opening"(public.slot_watches, timestamp WITH time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."tell_opening"(public.slot_watches, timestamp WITH time zone) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."tell_opening"(public.slot_watches, timestamp WITH time zone) TO "postgres";

REVOKE ALL ON FUNCTION "private"."watch_until"(public.slot_watches) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."watch_until"(public.slot_watches) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."watch_until"(public.slot_watches) TO "postgres";

REVOKE ALL ON FUNCTION "private"."watched_offer"(public.slot_watches) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."watched_offer"(public.slot_watches) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."watched_offer"(public.slot_watches) TO "postgres";

REVOKE ALL ON FUNCTION "private"."watched_starts"(public.slot_watches) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."watched_starts"(public.slot_watches) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."watched_starts"(public.slot_watches) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."stop_watch"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."stop_watch"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."stop_watch"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."watch_booking"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."watch_booking"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."watch_booking"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."watch_offer"(uuid, date, text) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."watch_offer"(uuid, date, text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."watch_offer"(uuid, date, text) TO "postgres";

REVOKE ALL ON TABLE "public"."slot_watches" FROM "authenticated";

REVOKE ALL ("before_at") ON TABLE "public"."slot_watches" FROM "authenticated";

GRANT SELECT ("before_at") ON TABLE "public"."slot_watches" TO "authenticated";

REVOKE ALL ("booking_id") ON TABLE "public"."slot_watches" FROM "authenticated";

GRANT SELECT ("booking_id") ON TABLE "public"."slot_watches" TO "authenticated";

REVOKE ALL ("client_id") ON TABLE "public"."slot_watches" FROM "authenticated";

GRANT SELECT ("client_id") ON TABLE "public"."slot_watches" TO "authenticated";

REVOKE ALL ("coach_id") ON TABLE "public"."slot_watches" FROM "authenticated";

GRANT SELECT ("coach_id") ON TABLE "public"."slot_watches" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."slot_watches" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."slot_watches" TO "authenticated";

REVOKE ALL ("ended_at") ON TABLE "public"."slot_watches" FROM "authenticated";

GRANT SELECT ("ended_at") ON TABLE "public"."slot_watches" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."slot_watches" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."slot_watches" TO "authenticated";

REVOKE ALL ("offer_id") ON TABLE "public"."slot_watches" FROM "authenticated";

GRANT SELECT ("offer_id") ON TABLE "public"."slot_watches" TO "authenticated";
