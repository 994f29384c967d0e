SET local check_function_bodies = off;

CREATE TABLE "public"."calendar_feeds" (
  "profile_id" uuid                        NOT NULL,
  "token_hash" bytea                       NOT NULL,
  "created_at" timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "calendar_feeds_pkey" PRIMARY KEY (profile_id)
);

ALTER TABLE "public"."calendar_feeds"
  ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."calendar_feeds" FROM "anon", "service_role";

CREATE OR REPLACE FUNCTION private.calendar_entries (
  profile_id uuid,
  booking_id uuid DEFAULT NULL::uuid
)
  RETURNS TABLE (
    id               uuid,
    party            public.booking_actor,
    status           public.booking_status,
    sequence         integer,
    changed_at       timestamp with time zone,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    offer_title      text,
    counterpart_name text
  )
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select bookings.id, party.actor, bookings.status, bookings.sequence,
    (select max(booking_events.created_at) from public.booking_events where booking_events.booking_id = bookings.id),
    bookings.starts_at, bookings.ends_at, offers.title,
    case party.actor when 'client' then coaches.display_name else private.shown_name(client) end
  from public.bookings
  join public.coaches on coaches.id = bookings.coach_id
  join public.offers on offers.id = bookings.offer_id
  join public.profiles as client on client.id = bookings.client_id
  cross join lateral (
    select case when bookings.client_id = calendar_entries.profile_id then 'client' else 'coach' end::public.booking_actor as actor
  ) as party
  where (
      bookings.client_id = calendar_entries.profile_id
      or bookings.coach_id = (select own.id from public.coaches as own where own.profile_id = calendar_entries.profile_id)
    )
    and (bookings.confirmed_at is not null or bookings.status = 'requested')
    and (bookings.id = calendar_entries.booking_id
      or calendar_entries.booking_id is null and bookings.starts_at > now() - interval '90 days')
  order by bookings.starts_at desc
  limit 1000;
$function$;

CREATE OR REPLACE FUNCTION private.calendar_token_hash (
  token text
)
  RETURNS bytea
  LANGUAGE sql
  IMMUTABLE
  SET search_path TO ''
  AS $function$
  select sha256(convert_to(calendar_token_hash.token, 'UTF8'));
$function$;

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
  delete from public.calendar_feeds where calendar_feeds.profile_id = v_profile_id;
  delete from public.credentials where credentials.profile_id = v_profile_id;
  update public.reviews set author_name = 'A former member' where reviews.author_id = v_profile_id;
  update public.coaches
  set status = 'suspended', display_name = 'A former coach', headline = '', bio = '',
      slug = 'former-coach-' || coaches.id
  where coaches.profile_id = v_profile_id;
end;
$function$;

CREATE OR REPLACE FUNCTION private.mail_booking (
  booking_id   uuid,
  recipient_id uuid
)
  RETURNS jsonb
  LANGUAGE sql
  STABLE
  SET search_path TO ''
  AS $function$
  select jsonb_build_object(
    'booking_id', bookings.id,
    'sequence', bookings.sequence,
    'party', case when bookings.client_id = mail_booking.recipient_id then 'client' else 'coach' end,
    'time_zone', case when bookings.client_id = mail_booking.recipient_id then bookings.client_time_zone else coaches.time_zone end,
    'starts_at', bookings.starts_at,
    'ends_at', bookings.ends_at,
    'offer_title', offers.title,
    'coach_name', coaches.display_name,
    'client_name', private.shown_name(client),
    'paid_cents', orders.amount_cents,
    'refund_cents', private.returned_cents(orders.id),
    'cancelled_by', bookings.cancelled_by,
    'cancel_reason', bookings.cancel_reason,
    'full_refund_until', bookings.starts_at - make_interval(mins => orders.full_refund_minutes)
  )
  from public.bookings
  join public.offers on offers.id = bookings.offer_id
  join public.coaches on coaches.id = bookings.coach_id
  join public.profiles as client on client.id = bookings.client_id
  join public.orders on orders.id = bookings.order_id
  where bookings.id = mail_booking.booking_id;
$function$;

CREATE OR REPLACE FUNCTION public.calendar_entry (
  booking_id uuid
)
  RETURNS TABLE (
    id               uuid,
    party            public.booking_actor,
    status           public.booking_status,
    sequence         integer,
    changed_at       timestamp with time zone,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    offer_title      text,
    counterpart_name text
  )
  LANGUAGE sql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  select *
  from private.calendar_entries(private.current_profile_id(), calendar_entry.booking_id) as entry
  where calendar_entry.booking_id is not null;
$function$;

REVOKE ALL ON FUNCTION "public"."calendar_entry"(uuid) FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.calendar_feed (
  token text
)
  RETURNS TABLE (
    id               uuid,
    party            public.booking_actor,
    status           public.booking_status,
    sequence         integer,
    changed_at       timestamp with time zone,
    starts_at        timestamp with time zone,
    ends_at          timestamp with time zone,
    offer_title      text,
    counterpart_name text
  )
  LANGUAGE plpgsql
  STABLE
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile_id uuid;
begin
  select profiles.id into v_profile_id
  from public.calendar_feeds
  join public.profiles on profiles.id = calendar_feeds.profile_id
  where calendar_feeds.token_hash = private.calendar_token_hash(calendar_feed.token)
    and profiles.deleted_at is null;

  if not found then
    raise exception 'This calendar address does not exist.' using errcode = 'UCNFD';
  end if;

  return query select * from private.calendar_entries(v_profile_id);
end;
$function$;

REVOKE ALL ON FUNCTION "public"."calendar_feed"(text) FROM PUBLIC, "service_role";

CREATE OR REPLACE FUNCTION public.make_calendar_feed()
  RETURNS text
  LANGUAGE plpgsql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
#variable_conflict use_column
declare
  v_profile public.profiles := private.require_profile();
  v_token text := translate(encode(extensions.gen_random_bytes(32), 'base64'), '+/=', '-_');
begin
  insert into public.calendar_feeds (profile_id, token_hash)
  values (v_profile.id, private.calendar_token_hash(v_token))
  on conflict (profile_id) do update
  set token_hash = excluded.token_hash, created_at = now();

  return v_token;
end;
$function$;

REVOKE ALL ON FUNCTION "public"."make_calendar_feed"() FROM PUBLIC, "anon", "service_role";

CREATE OR REPLACE FUNCTION public.revoke_calendar_feed()
  RETURNS void
  LANGUAGE sql
  SECURITY DEFINER
  SET search_path TO ''
  AS $function$
  delete from public.calendar_feeds where calendar_feeds.profile_id = private.current_profile_id();
$function$;

REVOKE ALL ON FUNCTION "public"."revoke_calendar_feed"() FROM PUBLIC, "anon", "service_role";

ALTER TABLE "public"."calendar_feeds"
  ADD CONSTRAINT "calendar_feeds_profile_id_fkey" FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE UNIQUE INDEX calendar_feeds_one_per_token ON public.calendar_feeds USING btree (token_hash);

CREATE POLICY "People can view since when they have a calendar address" ON "public"."calendar_feeds"
  FOR SELECT
  TO "authenticated"
  USING ((profile_id = ( SELECT private.current_profile_id() AS current_profile_id)));

COMMENT ON TABLE "public"."calendar_feeds" IS 'The private address at which a person''s calendar app reads their sessions; only a hash of it is kept.';

REVOKE ALL ON FUNCTION "private"."calendar_entries"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendar_entries"(uuid, uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendar_entries"(uuid, uuid) TO "postgres";

REVOKE ALL ON FUNCTION "private"."calendar_token_hash"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."calendar_token_hash"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "private"."calendar_token_hash"(text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_entry"(uuid) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."calendar_entry"(uuid) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_entry"(uuid) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_feed"(text) TO "anon", "authenticated";

REVOKE ALL ON FUNCTION "public"."calendar_feed"(text) FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."calendar_feed"(text) TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_calendar_feed"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."make_calendar_feed"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."make_calendar_feed"() TO "postgres";

GRANT EXECUTE ON FUNCTION "public"."revoke_calendar_feed"() TO "authenticated";

REVOKE ALL ON FUNCTION "public"."revoke_calendar_feed"() FROM "postgres";

GRANT EXECUTE ON FUNCTION "public"."revoke_calendar_feed"() TO "postgres";

REVOKE ALL ON TABLE "public"."calendar_feeds" FROM "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."calendar_feeds" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."calendar_feeds" TO "authenticated";

REVOKE ALL ("profile_id") ON TABLE "public"."calendar_feeds" FROM "authenticated";

GRANT SELECT ("profile_id") ON TABLE "public"."calendar_feeds" TO "authenticated";
