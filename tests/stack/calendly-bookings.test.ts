/* Sessions that are booked at the coach's Calendly, and the webhooks that tell of them. */
import { expect, it } from "vitest";

import { runJob, sql } from "../e2e/support/database.ts";
import { createCoach } from "../e2e/support/people.ts";
import { admin, stackValue } from "../e2e/support/stack.ts";
import { bookPaid, freeHour, hold, openCheckout, pay, statusOf } from "./support/booking.ts";
import {
  actAtCalendly,
  bookThere,
  connectAccount,
  eventsAtCalendly,
  readAgain,
  sessionsOf,
  takeBookings,
} from "./support/calendly.ts";
import { createSignedIn, signIn } from "./support/client.ts";
import { drain } from "./support/outbox.ts";
import { until } from "./support/until.ts";
import { refundsAtStripe, release, setModes, settled, subjectsTo } from "./support/vendors.ts";

/** A client, and a coach whose Calendly they can book; which makes sessions here. */
async function meet(plan: "free" | "paid" = "paid") {
  const [dana, coach] = await Promise.all([createSignedIn(), createCoach()]);
  const account = await connectAccount(coach, plan);
  await takeBookings(coach);
  return { dana, coach, account };
}

it("a session that is booked there is held, asked for, paid, and confirmed", async () => {
  const { dana, coach, account } = await meet();
  const startsAt = await freeHour();
  await setModes("CALENDLY", { duplicate: true });
  await bookThere(account, startsAt, dana.person);
  await settled("CALENDLY");
  await setModes("CALENDLY", { duplicate: false });
  await drain();

  const [session, ...others] = await sessionsOf(coach);
  expect(others).toEqual([]);
  expect(session).toMatchObject({ status: "held", starts_at: startsAt });
  expect(session?.client_id).toBe(dana.person.profile.id);
  expect(await subjectsTo(dana.person.email)).toEqual([
    expect.stringMatching(/^Please pay for your session/),
  ]);

  const id = session?.id ?? "";
  expect(await pay(dana, await openCheckout(dana, id))).toBe(303);
  await until("it is confirmed", async () => (await statusOf(id)) === "confirmed");
  await drain();
  expect((await eventsAtCalendly(account)).standing).toHaveLength(1);
  expect((await eventsAtCalendly(account)).cancelled).toEqual([]);
});

it("twenty that read the calendar at once find it once", async () => {
  const { dana, coach, account } = await meet();
  await setModes("CALENDLY", { drop: true });
  await bookThere(account, await freeHour(), dana.person);
  await setModes("CALENDLY", { drop: false });
  await sql`
    select private.enqueue_calendly_sync(${coach.coach.id}, 'race:' || number)
    from generate_series(1, 20) as number
  `;
  const dispatch = () =>
    fetch(`${stackValue("SUPABASE_URL")}/functions/v1/dispatch`, {
      method: "POST",
      headers: { apikey: stackValue("SUPABASE_SECRET_KEY") },
    });
  await Promise.all([dispatch(), dispatch(), dispatch()]);
  await drain();
  expect((await sessionsOf(coach)).map(({ status }) => status)).toEqual(["held"]);
  expect(await subjectsTo(dana.person.email)).toHaveLength(1);
});

it("of an account without webhooks the next reading finds it", async () => {
  const { dana, coach, account } = await meet("free");
  await bookThere(account, await freeHour(), dana.person);
  await drain();
  expect(await sessionsOf(coach)).toEqual([]);
  await readAgain(coach);
  expect((await sessionsOf(coach)).map(({ status }) => status)).toEqual(["held"]);

  // And that it was called off there.
  await actAtCalendly(account, "cancel");
  await readAgain(coach);
  expect((await sessionsOf(coach)).map(({ status }) => status)).toEqual(["cancelled"]);
});

it.each(["in order", "reversed"] as const)(
  "booked and moved there before we hear of it, told %s and twice each, it is one session",
  async (order) => {
    const { dana, coach, account } = await meet();
    await setModes("CALENDLY", { hold: true, duplicate: true });
    await bookThere(account, await freeHour(), dana.person);
    const later = new Date((await freeHour()).getTime() + 3_600_000);
    await actAtCalendly(account, { reschedule: later });
    await release("CALENDLY", order);
    await setModes("CALENDLY", { duplicate: false });
    await drain();
    expect(await sessionsOf(coach)).toMatchObject([{ status: "held", starts_at: later }]);
    expect((await eventsAtCalendly(account)).standing).toHaveLength(1);
  },
);

it.each(["in order", "reversed"] as const)(
  "moved there once it is paid, its two events %s, it keeps its payment",
  async (order) => {
    const { dana, coach, account } = await meet();
    await bookThere(account, await freeHour(), dana.person);
    await settled("CALENDLY");
    await drain();
    const [held] = await sessionsOf(coach);
    const id = held?.id ?? "";
    await pay(dana, await openCheckout(dana, id));
    await until("it is confirmed", async () => (await statusOf(id)) === "confirmed");
    await drain();

    const later = await freeHour();
    await setModes("CALENDLY", { hold: true });
    await actAtCalendly(account, { reschedule: later });
    await release("CALENDLY", order);
    await drain();
    expect(await sessionsOf(coach)).toMatchObject([{ id, status: "confirmed", starts_at: later }]);
    expect(await refundsAtStripe(id)).toEqual([]);
  },
);

it("a webhook that comes after it was called off makes no session", async () => {
  const { dana, coach, account } = await meet();
  await setModes("CALENDLY", { hold: true });
  await bookThere(account, await freeHour(), dana.person);
  await actAtCalendly(account, "cancel");
  await release("CALENDLY", "reversed");
  await drain();
  expect(await sessionsOf(coach)).toEqual([]);
  expect(await subjectsTo(dana.person.email)).toEqual([]);
});

it("what is not paid for in time is called off there, too, and both are told", async () => {
  const { dana, coach, account } = await meet();
  await bookThere(account, await freeHour(), dana.person);
  await settled("CALENDLY");
  await drain();
  await sql`update public.bookings set hold_expires_at = now() where coach_id = ${coach.coach.id}`;
  await runJob("expire_holds");
  await drain();
  await settled("CALENDLY");
  await drain();
  expect((await sessionsOf(coach)).map(({ status }) => status)).toEqual(["expired"]);
  expect((await eventsAtCalendly(account)).standing).toEqual([]);
  for (const { email } of [dana.person, coach]) {
    expect(await subjectsTo(email)).toContainEqual(expect.stringMatching(/^Not paid: /));
  }
});

it("whoever we do not know is asked in, and has it once they are known by the address", async () => {
  const { dana, coach, account } = await meet();
  const nora = { name: "Nora Vale", email: `nora.${dana.person.profile.id}@work.example` };
  await bookThere(account, await freeHour(), nora);
  await settled("CALENDLY");
  await drain();
  expect(await sessionsOf(coach)).toEqual([]);
  expect(await subjectsTo(nora.email)).toEqual([expect.stringMatching(/^One more step /)]);

  // Dana changes to that address at Clerk, which has verified it.
  await sql`select public.sync_clerk_user(${sql.json({
    id: dana.person.profile.clerk_user_id ?? "",
    updated_at: Date.now() + 1000,
    primary_email_address_id: "idn_1",
    email_addresses: [
      { id: "idn_1", email_address: nora.email, verification: { status: "verified" } },
    ],
  })})`;
  await drain();
  expect(await sessionsOf(coach)).toMatchObject([
    { status: "held", client_id: dana.person.profile.id },
  ]);
});

it("a time that is taken here in between stays ours, and all three are told", async () => {
  const { dana, coach, account } = await meet();
  const ben = await createSignedIn();
  const startsAt = await freeHour();
  // Calendly can't be told of ours before somebody is faster there.
  await admin("CALENDLY", "faults", {
    kind: "status",
    status: 500,
    method: "POST",
    path: "^/invitees$",
  });
  const ours = await bookPaid(dana, coach, startsAt);
  await bookThere(account, startsAt, ben.person);
  await settled("CALENDLY");
  await drain();

  expect(await sessionsOf(coach)).toMatchObject([{ id: ours.bookingId, status: "confirmed" }]);
  for (const party of [dana, await signIn(coach)]) {
    const { data } = await party.db.rpc("has_calendar_clash", { booking_id: ours.bookingId });
    expect(data).toBe(true);
    expect(await subjectsTo(party.person.email)).toContainEqual(
      expect.stringMatching(/^Please check the time/),
    );
  }
  expect(await subjectsTo(ben.person.email)).toEqual([
    expect.stringMatching(/^Please choose another time/),
  ]);

  // Ben moves it, at Calendly, to a time that is free.
  const later = await freeHour();
  const [bens] = (await eventsAtCalendly(account)).standing.filter(
    ({ tracking }) => !tracking.utm_content,
  );
  await admin("CALENDLY", `bookings/${bens?.inviteeUuid}/reschedule`, {
    start: later.toISOString(),
  });
  await settled("CALENDLY");
  await drain();
  expect(await sessionsOf(coach)).toMatchObject([
    { status: "confirmed" },
    { status: "held", starts_at: later, client_id: ben.person.profile.id },
  ]);
});

it("a time that four want here and one there, at once, is had once", async () => {
  const { dana, coach, account } = await meet();
  const startsAt = await freeHour();
  const others = await Promise.all(Array.from({ length: 4 }, createSignedIn));
  await Promise.all([
    bookThere(account, startsAt, dana.person),
    ...others.map((other) => hold(other, coach, startsAt).catch(() => null)),
  ]);
  await settled("CALENDLY");
  await drain();
  const live = (await sessionsOf(coach)).filter(({ status }) => status === "held");
  expect(live.length).toBeLessThanOrEqual(1);
  await readAgain(coach);
  const [row] = await sql<{ status: string }[]>`
    select status from private.calendly_bookings where coach_id = ${coach.coach.id}
  `;
  expect(["linked", "clash"]).toContain(row?.status);
});

it("an event of our own whose answer was lost is not taken for one of somebody's", async () => {
  const { dana, coach, account } = await meet();
  await admin("CALENDLY", "faults", {
    kind: "timeout-after-commit",
    method: "POST",
    path: "^/invitees$",
  });
  const { bookingId } = await bookPaid(dana, coach);
  await until("it is there", async () => {
    return (await eventsAtCalendly(account)).standing.length > 0;
  });
  await readAgain(coach);
  expect(await sessionsOf(coach)).toMatchObject([{ id: bookingId, status: "confirmed" }]);
  expect(
    await sql`select from private.calendly_bookings where coach_id = ${coach.coach.id}`,
  ).toHaveLength(0);
  expect((await eventsAtCalendly(account)).standing).toHaveLength(1);
});
