import { buy } from "./buying.ts";
import { again, isAnswer, pick, type Run, type Step } from "./run.ts";
import { hearAll } from "./stripe.ts";

type Session = { id: string; client: string; coach: string; minutes_to_end: number };

async function sessions(run: Run, where: string): Promise<Session[]> {
  return run.database.run<Session>(`
    select bookings.id, people.name as client, coaches.slug as coach,
      ceil(extract(epoch from bookings.ends_at - now()) / 60)::integer as minutes_to_end
    from public.bookings
    join public.coaches on coaches.id = bookings.coach_id
    join tests.fixtures as people on people.id = bookings.client_id
    where ${where}
    order by bookings.starts_at
  `);
}

/** A party calls a session off, and gets back what they were shown. */
export const cancel: Step = async (run, dice) => {
  const open = await sessions(run, "bookings.status = 'confirmed' and bookings.starts_at > now()");
  if (open.length === 0) return false;
  const session = pick(open, dice);
  const actor = again(dice) % 3 === 0 ? session.coach : session.client;
  const [quote] = (await run.database.rpc("refund_quote", { booking_id: session.id }, actor)) as {
    refund_cents: number;
    returns_credit: boolean;
  }[];
  const returned = (await run.database.rpc(
    "cancel_booking",
    {
      booking_id: session.id,
      expected_refund_cents: quote!.refund_cents,
      expected_credits: Number(quote!.returns_credit),
    },
    actor,
  )) as number;
  if (returned !== quote!.refund_cents) throw new Error(`${returned} is not what was shown.`);
  return true;
};

/** A party moves a session to another time. */
export const move: Step = async (run, dice) => {
  const open = await sessions(run, "bookings.status = 'confirmed' and bookings.starts_at > now()");
  if (open.length === 0) return false;
  const session = pick(open, dice);
  const actor = again(dice) % 3 === 0 ? session.coach : session.client;
  const [at] = await run.database.run<{ starts_at: string }>(
    `select tests.on_day(${1 + (again(dice) % 12)}, '${8 + (dice % 10)}:00')::text as starts_at`,
  );
  // void is null, and so is a refusal.
  let moved = true;
  await run.database
    .rpc("reschedule_booking", { booking_id: session.id, ...at }, actor)
    .catch((error: unknown) => {
      moved = false;
      if (!isAnswer(error)) throw error;
    });
  return moved;
};

/** The next session's time comes, and Zoom tells who was in it. */
export const meet: Step = (run, dice) =>
  meetNext(run, pick(["both", "both", "both", "client", "coach", "nobody"], dice));

/** Somebody buys a session, and it is held, without anything going wrong. */
export const buyAndMeet: Step = async (run, dice) => {
  if (!(await buy(run, dice))) return false;
  await hearAll(run);
  return meetNext(run, "both");
};

export async function meetNext(run: Run, who: string): Promise<boolean> {
  const [next] = await sessions(
    run,
    `bookings.status = 'confirmed'
      and exists (select from public.meetings where meetings.booking_id = bookings.id and meetings.status <> 'cancelled')`,
  );
  if (!next) return false;
  await run.pass(Math.max(0, next.minutes_to_end));
  await run.database.run(`
    insert into private.meeting_participants (meeting_id, participant_uuid, display_name, customer_key, joined_at, left_at)
    select meetings.id, gen_random_uuid(), 'Somebody', private.customer_key(people.id), bookings.starts_at, bookings.ends_at
    from public.bookings
    join public.meetings on meetings.booking_id = bookings.id and meetings.status <> 'cancelled'
    join public.coaches on coaches.id = bookings.coach_id
    cross join lateral (values ('client', bookings.client_id), ('coach', coaches.profile_id)) as people (party, id)
    where bookings.id = '${next.id}' and '${who}' in ('both', people.party);
    update public.meetings set attendance_read_at = now() where booking_id = '${next.id}';
    select private.complete_bookings();
    select private.decide_attendance('${next.id}')
  `);
  return true;
}

/** A party says that it was otherwise; an admin looks at it later, or at once. */
export const object: Step = async (run, dice) => {
  const decided = await sessions(
    run,
    `not private.has_left(bookings.client_id, bookings.coach_id, now()) and exists (
      select from public.attendance_decisions as decision
      where decision.booking_id = bookings.id and private.may_object(decision, 'client')
    )`,
  );
  if (decided.length === 0) return false;
  const { id, client } = pick(decided, dice);
  await run.database.rpc(
    "object_to_attendance",
    { booking_id: id, words: "It was not like that." },
    client,
  );
  return again(dice) % 2 === 0 || settleObjection(run, dice);
};

/** An admin settles what somebody objected to. */
export const settleObjection: Step = async (run, dice) => {
  const objected = await sessions(
    run,
    `exists (
      select from public.attendance_decisions as decision
      where decision.booking_id = bookings.id and decision.objected_at is not null and decision.settled_at is null
    )`,
  );
  if (objected.length === 0) return false;
  const outcome = pick(["held", "client_missing", "coach_missing"], again(dice));
  await run.database.run(
    `select admin.settle_attendance('${pick(objected, dice).id}', '${outcome}', 'They said so.')`,
  );
  return true;
};

/** Minutes, hours or days pass. */
export const wait: Step = async (run, dice) => {
  await run.pass(pick([7, 61, 353, 1_441, 2_881, 2_881], dice));
  return true;
};

/** What cron does. */
export const jobs: Step = async (run) => {
  await run.runJobs();
  return true;
};
