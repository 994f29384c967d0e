import type postgres from "postgres";

import { createFactories } from "../factories.ts";
import type { Calendar } from "./calendar.ts";
import { startPropertyServer } from "./property-server.ts";

/** A calendar, a window, and the starts to ask for. Milliseconds since 1970. */
export type Question = { calendar: Calendar; from: number; to: number; asks: number[] };

/** What is offered, and for each ask `accepted` or the code of its refusal. */
export type Answer = { offered: number[]; results: string[] };

/** Answers many questions at once, each for a coach whose calendar is exactly the one asked about. */
export type CalendarDatabase = {
  /** Everything within `work` happens at one moment, `now`, in milliseconds since 1970. */
  atOneMoment(
    work: (now: number, answer: (questions: Question[]) => Promise<Answer[]>) => Promise<void>,
  ): Promise<void>;
  stop(): Promise<void>;
};

/** How many connections work side by side, each with a coach of its own. */
const LANES = 2;
const SESSIONS = 6;

/** Starts a server, with a coach for each lane. */
export async function startCalendarDatabase(): Promise<CalendarDatabase> {
  const server = await startPropertyServer();
  const [first, ...others] = Array.from({ length: LANES }, () => server.connect());
  const lanes = [first!, ...others];
  await first!.unsafe(ANSWER).simple();
  for (const [lane] of lanes.entries()) await prepareLane(first!, lane);
  let turn = 0;

  return {
    async atOneMoment(work) {
      const lane = turn++ % LANES;
      const sql = await lanes[lane]!.reserve();
      try {
        await sql`begin`; // now() stands still in a transaction
        const [moment] = await sql<{ now: number }[]>`
          select (extract(epoch from now()) * 1000)::float8 as now
        `;
        await work(moment!.now, async (questions) => {
          const rows = await sql<{ offered: string[]; results: string[] }[]>`
            select answer.offered::text[], answer.results
            from jsonb_array_elements(${sql.json(questions)}) with ordinality as question (content, position)
            cross join lateral property.answer(${lane}, question.content) as answer
            order by question.position
          `;
          return rows.map(({ offered, results }) => ({ offered: offered.map(Number), results }));
        });
      } finally {
        await sql`rollback`;
        sql.release();
      }
    },
    stop: () => server.stop(),
  };
}

/** A coach, an offer, somebody who asks, and somebody who has booked. */
async function prepareLane(sql: postgres.Sql, lane: number): Promise<void> {
  const factories = createFactories({ seed: lane + 1, now: new Date() });
  const [policy] = await sql<{ id: string }[]>`select id from cancellation_policies`;
  const [owner, client, other] = [factories.profile(), factories.profile(), factories.profile()];
  const coach = factories.coach(owner, {
    slug: `lane-${lane}`,
    cancellation_policy_id: policy?.id ?? "",
  });
  const offer = factories.offer(coach);

  await sql`insert into profiles ${sql([owner, client, other])}`;
  await sql`insert into coaches ${sql(coach)}`;
  await sql`insert into offers ${sql(offer)}`;
  await sql`insert into availability_settings (coach_id) values (${coach.id})`;
  await sql`
    insert into property.lanes
    select ${lane}, ${coach.id}, ${offer.id}, ${client.clerk_user_id}, ${other.id},
      array(select private.create_order(offers, ${other.id}) from offers, generate_series(1, ${SESSIONS}) where offers.id = ${offer.id})
  `;
}

/** Makes a lane's coach the one of a question, looks what is offered, and asks. */
const ANSWER = `
  create table property.lanes (
    lane integer primary key, coach_id uuid, offer_id uuid, clerk_user_id text, other_id uuid, order_ids uuid[]
  );

  create function property.at(milliseconds jsonb) returns timestamptz language sql immutable as $$
    select to_timestamp((milliseconds #>> '{}')::float8 / 1000);
  $$;

  create function property.answer(lane integer, question jsonb, out offered bigint[], out results text[])
  language plpgsql
  as $$
  declare
    v_lane property.lanes;
    v_calendar jsonb := question -> 'calendar';
  begin
    -- The one before has asked with a client's rights.
    reset role;
    perform set_config('request.jwt.claims', '', true);
    select * into v_lane from property.lanes where lanes.lane = answer.lane;

    delete from public.bookings where coach_id = v_lane.coach_id;
    delete from public.weekly_hours where coach_id = v_lane.coach_id;
    delete from public.date_overrides where coach_id = v_lane.coach_id;
    delete from public.out_of_office where coach_id = v_lane.coach_id;
    delete from public.travel_zones where coach_id = v_lane.coach_id;
    delete from public.busy_times where coach_id = v_lane.coach_id;

    update public.coaches set time_zone = v_calendar ->> 'time_zone' where id = v_lane.coach_id;
    update public.offers set duration_minutes = (v_calendar ->> 'minutes')::integer where id = v_lane.offer_id;
    update public.availability_settings
    set (slot_step_minutes, minimum_notice_minutes, horizon_days, buffer_before_minutes, buffer_after_minutes,
      max_sessions_per_day, max_sessions_per_week) = (
        select rules.slot_step_minutes, rules.minimum_notice_minutes, rules.horizon_days,
          rules.buffer_before_minutes, rules.buffer_after_minutes, rules.max_sessions_per_day, rules.max_sessions_per_week
        from jsonb_populate_record(null::public.availability_settings, v_calendar -> 'rules') as rules
      )
    where coach_id = v_lane.coach_id;

    insert into public.weekly_hours (coach_id, weekday, starts_at, ends_at)
    select v_lane.coach_id, weekday, starts_at, ends_at
    from jsonb_populate_recordset(null::public.weekly_hours, v_calendar -> 'week');
    insert into public.date_overrides (coach_id, day, starts_at, ends_at)
    select v_lane.coach_id, (override ->> 'day')::date, (block ->> 'starts_at')::time, (block ->> 'ends_at')::time
    from jsonb_array_elements(v_calendar -> 'overrides') as override
    left join lateral jsonb_array_elements(override -> 'blocks') as block on true;
    insert into public.out_of_office (coach_id, first_day, starts_at, last_day, ends_at)
    select v_lane.coach_id, first_day, starts_at, last_day, ends_at
    from jsonb_populate_recordset(null::public.out_of_office, v_calendar -> 'away');
    insert into public.travel_zones (coach_id, first_day, last_day, time_zone)
    select v_lane.coach_id, first_day, last_day, time_zone
    from jsonb_populate_recordset(null::public.travel_zones, v_calendar -> 'trips');
    insert into public.busy_times (coach_id, source, external_id, starts_at, ends_at)
    select v_lane.coach_id, 'calendly', position, property.at(entry -> 'starts_at'), property.at(entry -> 'ends_at')
    from jsonb_array_elements(v_calendar -> 'busy') with ordinality as busy (entry, position);
    insert into public.bookings (
      order_id, offer_id, coach_id, client_id, client_time_zone, starts_at, ends_at, status, hold_expires_at, cancelled_by
    )
    select v_lane.order_ids[position], v_lane.offer_id, v_lane.coach_id, v_lane.other_id, 'America/Phoenix',
      property.at(session -> 'starts_at'), property.at(session -> 'ends_at'),
      (case kind when 'lapsed' then 'held' else kind end)::public.booking_status,
      case kind when 'held' then now() + interval '5 minutes' when 'lapsed' then now() end,
      case kind when 'cancelled' then 'client' end::public.booking_actor
    from jsonb_array_elements(v_calendar -> 'sessions') with ordinality as sessions (session, position)
    cross join lateral (select session ->> 'status') as status (kind);

    select coalesce(array_agg((extract(epoch from starts_at) * 1000)::bigint order by starts_at), '{}') into offered
    from public.available_slots(v_lane.offer_id, property.at(question -> 'from'), property.at(question -> 'to'));

    select array_agg(coalesce(property.request(v_lane.clerk_user_id, v_lane.offer_id, property.at(ask)), 'accepted') order by position) into results
    from jsonb_array_elements(question -> 'asks') with ordinality as asks (ask, position);
  end;
  $$;
`;
