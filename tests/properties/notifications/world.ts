import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { withConnection } from "../../../supabase/local/database.ts";
import { ROOT } from "../../../supabase/local/paths.ts";
import { startPropertyServer } from "../property-server.ts";

export type Person = "dana" | "ben" | "maria" | "lena";
export type Recipient = "client" | "coach";
export type Delivery = "at_once" | "daily" | "weekly" | "never";

/** Zones that change their clocks on the way, on other days than each other, and one that does not. */
export const ZONES: Record<Person, string> = {
  dana: "America/Phoenix",
  ben: "America/New_York",
  maria: "America/Los_Angeles",
  lena: "Europe/London",
};

/** When stories begin: London changes its clocks five days later, America a week after that. */
export const BEGINNING = Date.parse("2026-10-20T12:00:00Z");

/** Ten in the evening before clocks are changed, and for whom. */
export const LAST_EVENINGS: { at: number; person: Person }[] = [
  { at: Date.parse("2026-10-24T21:00:00Z"), person: "lena" },
  { at: Date.parse("2026-11-01T02:00:00Z"), person: "ben" },
  { at: Date.parse("2026-11-01T05:00:00Z"), person: "maria" },
];

/** A row of the outbox that a worker holds, and what it is to do: null is nothing now. */
export type Claim = { id: string; topic: string; work: Work | null };
export type Work = { notification_id?: string; digest_id?: string; notices: string[] };

/** What became of a notice that is not sent, when a worker said so. */
export type Decision = {
  id: string;
  what: "skipped" | "held" | "waits";
  until: string | null;
};

export type NoticeRow = {
  id: string;
  key: string;
  sent: boolean;
  skipped: boolean;
};

export type RuleRow = {
  id: string;
  event: "session_starts" | "review_due" | "no_next_session" | "message_unanswered";
  kind: string;
  recipient: Recipient;
  channel: "mail" | "in_app";
  offset: number;
};

export type World = Awaited<ReturnType<typeof startWorld>>;

/** A database whose clock is ours, with two clients, two coaches and what happens between them. */
export async function startWorld() {
  const server = await startPropertyServer();
  const sql = server.connect();
  await sql.unsafe(await readFile(join(ROOT, "supabase/tests/00_helpers.sql"), "utf8")).simple();
  await withConnection(server.superuserUrl, (admin) => admin.unsafe(CLOCK).simple());
  await sql.unsafe(SCENE).simple();
  const people = new Map<Person, string>();
  for (const { name, id } of await sql<{ name: Person; id: string }[]>`
    select name, id from tests.fixtures where name in ${sql(Object.keys(ZONES))}
  `) {
    people.set(name, id);
  }

  async function one<Row>(statement: string, parameters: (string | number | null)[] = []) {
    const [row] = await sql.unsafe(statement, parameters);
    return row as Row;
  }

  return {
    profileId: (person: Person) => people.get(person)!,

    /** Tells a story and takes it back. */
    async alone(story: () => Promise<void>): Promise<void> {
      await sql.unsafe("begin");
      try {
        await story();
      } finally {
        await sql.unsafe("rollback");
      }
    },

    async setClock(at: number): Promise<void> {
      await sql.unsafe("select set_config('property.now', $1, true)", [iso(at)]);
    },

    /** @returns the booking's id; null when the coach has something else then */
    async book(client: Person, coach: Person, startsAt: number): Promise<string | null> {
      const values = [client, coach, iso(startsAt)];
      return (await one<{ id: string | null }>("select property.book($1, $2, $3) as id", values))
        .id;
    },
    async move(id: string, startsAt: number): Promise<boolean> {
      const values = [id, iso(startsAt)];
      return (await one<{ done: boolean }>("select property.move($1, $2) as done", values)).done;
    },
    cancel: (id: string) => one("select property.cancel($1)", [id]),
    review: (id: string) => one("select property.review($1)", [id]),
    write: (client: Person, coach: Person, sender: Person) =>
      one<{ seq: number; conversation_id: string }>("select * from property.write($1, $2, $3)", [
        client,
        coach,
        sender,
      ]),

    prefer: (person: Person, group: string, delivery: Delivery) =>
      one(
        `insert into public.notification_preferences values (tests.id($1), $2, 'mail', $3::public.notification_delivery)
         on conflict (profile_id, group_name, channel) do update set delivery = excluded.delivery`,
        [person, group, delivery],
      ),
    beQuiet: (person: Person, from: string | null, until: string | null) =>
      one(
        "update public.profiles set quiet_from = $2::time, quiet_until = $3::time where id = tests.id($1)",
        [person, from, until],
      ),
    setRule: (id: string, offset: number, isEnabled: boolean) =>
      one(
        "update public.notification_rules set offset_minutes = $2, is_enabled = $3::text::boolean where id = $1",
        [id, offset, String(isEnabled)],
      ),
    /** The rules of the events that this world has. */
    rules: async () =>
      (await sql.unsafe(`
        select id, event, kind, recipient, channel, offset_minutes as offset
        from public.notification_rules
        where event in ('session_starts', 'review_due', 'no_next_session', 'message_unanswered')
      `)) as unknown as RuleRow[],
    async addRule(recipient: Recipient, offset: number): Promise<string> {
      const kind = offset >= -60 ? "session_soon" : "session_reminder";
      const { id } = await one<{ id: string }>(
        `insert into public.notification_rules (event, kind, recipient, channel, offset_minutes, cancelled_by)
         values ('session_starts', $1, $2::public.notification_recipient, 'mail', $3, 'session_off') returning id`,
        [kind, recipient, offset],
      );
      return id;
    },

    /** What cron does at a moment: sessions end, and what is due is queued. */
    runJobs: () => one("select property.run_jobs()"),
    queueDigests: () => one("select private.queue_digests()"),
    /** A worker takes what is due and asks what there is to do. */
    claim: async () =>
      (await sql.unsafe(
        "select id::text, topic, work from property.claim()",
      )) as unknown as Claim[],
    /** A worker says what it did; returns what became of notices that it did not send. */
    complete: async (results: { id: string; result: object | null }[]) =>
      (await sql.unsafe("select id, what, until from property.complete($1::text::jsonb)", [
        JSON.stringify(results),
      ])) as unknown as (Omit<Decision, "until"> & { until: Date | null })[],
    notices: async () =>
      (await sql.unsafe(`
        select id, concat_ws(' ', kind, subject_id, recipient_id, channel, version, offset_minutes) as key,
          sent_at is not null as sent, skipped_at is not null as skipped
        from public.notifications
      `)) as unknown as NoticeRow[],
    stop: () => server.stop(),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/*
 * Postgres has one clock, and a function of its catalogue says what it shows. Here it shows what the
 * story says: quiet hours, mornings and the nights on which clocks change can't be had by moving rows.
 */
const CLOCK = `
  create or replace function pg_catalog.now() returns timestamptz
  language sql stable parallel safe as $$
    select coalesce(nullif(current_setting('property.now', true), '')::timestamptz, transaction_timestamp())
  $$;
`;

const SCENE = `
  -- CURRENT_TIMESTAMP is no function, and shows the real time.
  do $do$
  declare
    v_change text;
  begin
    for v_change in
      select format('alter table %I.%I alter column %I set default now()', table_schema, table_name, column_name)
      from information_schema.columns
      where table_schema in ('public', 'private') and column_default = 'CURRENT_TIMESTAMP'
    loop
      execute v_change;
    end loop;
  end;
  $do$;
  alter table public.bookings disable trigger user;
  alter table public.reviews disable trigger user;
  alter table private.outbox disable trigger user;
  update public.notification_rules set is_enabled = true;
  select tests.create_profile('dana'), tests.create_profile('ben'), tests.create_coach('maria'), tests.create_coach('lena');
  update public.profiles set time_zone = zone.name
  from (values ${Object.entries(ZONES)
    .map(([name, zone]) => `('${name}', '${zone}')`)
    .join(", ")}) as zone (person, name)
  where profiles.id = tests.id(zone.person);
  select private.open_conversation(tests.coach_id(coach), tests.id(client))
  from unnest(array['maria', 'lena']) as coach, unnest(array['dana', 'ben']) as client;

  -- Here it matters whether something is told, not in which words: putting their facts together takes
  -- ten times as long as all the rest.
  create or replace function private.notice_facts(notification public.notifications) returns jsonb language sql as $$
    select jsonb_build_object('notification_id', (notice_facts.notification).id, 'email', 'somebody@example.com');
  $$;

  create function property.book(client text, coach text, starts_at timestamptz) returns uuid language plpgsql as $$
  declare
    v_offer public.offers;
    v_id uuid;
  begin
    select * into v_offer from public.offers where offers.coach_id = tests.coach_id(book.coach);
    insert into public.bookings (
      order_id, offer_id, coach_id, client_id, status, starts_at, ends_at, client_time_zone, confirmed_at
    )
    select private.create_order(v_offer, tests.id(book.client)), v_offer.id, v_offer.coach_id, tests.id(book.client),
      'confirmed', book.starts_at, book.starts_at + interval '1 hour', 'America/Chicago', now()
    returning bookings.id into v_id;
    perform private.notify_parties(v_id, 'booking_confirmed');
    return v_id;
  exception when exclusion_violation then
    return null;
  end;
  $$;

  create function property.move(id uuid, starts_at timestamptz) returns boolean language plpgsql as $$
  begin
    update public.bookings
    set starts_at = move.starts_at, ends_at = move.starts_at + interval '1 hour', sequence = sequence + 1,
      moved_at = now(), moved_by = 'client'
    where bookings.id = move.id;
    perform private.notify_parties(move.id, 'booking_moved', (select sequence + 1 from public.bookings where bookings.id = move.id));
    return true;
  exception when exclusion_violation then
    return false;
  end;
  $$;

  create function property.cancel(id uuid) returns void language sql as $$
    update public.bookings set status = 'cancelled', cancelled_by = 'client', cancelled_at = now(), sequence = sequence + 1
    where bookings.id = cancel.id;
    select private.notify_parties(cancel.id, 'booking_cancelled');
  $$;

  create function property.review(id uuid) returns void language sql as $$
    insert into public.reviews (
      booking_id, coach_id, client_id, author_id, author_party, author_name, market_rating, advice_rating, worth_rating, body, created_at
    )
    select bookings.id, bookings.coach_id, bookings.client_id, bookings.client_id, 'client', 'Somebody', 5, 5, 5,
      'Clear, kind and to the point.', now()
    from public.bookings where bookings.id = review.id;
  $$;

  create function property.write(client text, coach text, sender text, out conversation_id uuid, out seq integer) language plpgsql as $$
  begin
    update public.conversations set last_seq = last_seq + 1, last_message_at = now()
    where conversations.id = tests.conversation_id(client, coach)
    returning conversations.id, last_seq::integer into conversation_id, seq;
    insert into public.messages (id, conversation_id, seq, change, sender_id, body, created_at)
    values (
      gen_random_uuid(), write.conversation_id, write.seq, private.next_change(write.conversation_id), tests.id(sender), 'Hello', now()
    );
  end;
  $$;

  create function property.run_jobs() returns void language sql as $$
    update public.bookings set status = 'completed' where status = 'confirmed' and ends_at <= now();
    select private.queue_due_notices();
    select private.queue_digests();
  $$;

  create function property.claim() returns table (id bigint, topic text, work jsonb) language sql as $$
    select claimed.id, claimed.topic, (
        select jsonb_strip_nulls(jsonb_build_object(
          'notification_id', work -> 'notification_id', 'digest_id', work -> 'digest_id',
          'notices', jsonb_path_query_array(work, '$.notices[*].notification_id')
        ))
        from public.outbox_work(claimed.id) as work where work is not null
      )
    from public.claim_outbox(1000, 60) as claimed;
  $$;

  create function property.complete(results jsonb) returns table (id uuid, what text, until timestamptz) language plpgsql as $$
  begin
    perform public.complete_outbox((each ->> 'id')::bigint, nullif(each -> 'result', 'null'))
    from jsonb_array_elements(results) as each;
    return query
      select notifications.id, case
          when skipped_at is not null then 'skipped' when held_at is not null then 'held' else 'waits'
        end, outbox.run_after
      from jsonb_array_elements(results) as each
      join private.outbox on outbox.id = (each ->> 'id')::bigint
      join public.notifications on notifications.id = (outbox.payload ->> 'notification_id')::uuid
      where each -> 'result' = 'null'
      union all
      select notifications.id, 'skipped', null
      from jsonb_array_elements(results) as each
      join private.outbox on outbox.id = (each ->> 'id')::bigint
      join public.notifications on notifications.digest_id = (outbox.payload ->> 'digest_id')::uuid
      where notifications.skipped_at = now();
  end;
  $$;
`;
