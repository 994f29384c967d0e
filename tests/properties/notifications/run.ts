import { expect } from "vitest";

import { thrower } from "./actions.ts";
import {
  dueNotices,
  groupOf,
  hadMorning,
  isQuiet,
  isTransactional,
  isTrue,
  wallTime,
  wanted,
  type Booking,
  type Model,
  type Notice,
  type Rule,
} from "./model.ts";
import {
  BEGINNING,
  type Claim,
  type Delivery,
  type Person,
  type Recipient,
  type Work,
  type World,
} from "./world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Run = Awaited<ReturnType<typeof startRun>>;

/** One story: what happens in the database happens in the model, and what is told is compared. */
export async function startRun(world: World, counts: Map<string, number>) {
  const model: Model = {
    now: BEGINNING,
    bookings: new Map(),
    messages: [],
    rules: (await world.rules()).map((rule) => ({ ...rule, isEnabled: true })),
    choices: Object.fromEntries(
      (["dana", "ben", "maria", "lena"] as const).map((person) => [
        person,
        { deliveries: new Map(), quiet: null },
      ]),
    ) as unknown as Model["choices"],
  };
  /** Everything that should be told, by its key. */
  const expected = new Map<string, Notice>();
  /** What the mail provider, or the app, was given: the first time for each key. */
  const sent = new Map<string, { at: number; ids: string[] }>();
  const heldAt = new Map<string, number>();
  /** When each mail was given to a worker that has not said so yet, by its key: its notices. */
  const handed = new Map<string, { at: number; ids: string[] }>();
  const noticeOf = new Map<string, Notice>();

  const count = (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1);

  function keyOf({ kind, subject, person, channel, version, offset }: Notice): string {
    return [kind, subject, world.profileId(person), channel, version, offset]
      .filter((part) => part !== null)
      .join(" ");
  }
  const expectTold = (notice: Notice) => void expected.set(keyOf(notice), notice);

  function tellBoth(kind: string, { id, client, coach }: Booking, version: number): void {
    for (const person of [client, coach]) {
      for (const channel of ["mail", "in_app"] as const) {
        expectTold({ kind, subject: id, person, channel, version, offset: null });
      }
    }
  }

  async function moveClock(to: number): Promise<void> {
    model.now = to;
    await world.setClock(to);
  }

  async function runJobs(): Promise<void> {
    for (const booking of model.bookings.values()) {
      if (booking.status === "confirmed" && booking.endsAt <= model.now)
        booking.status = "completed";
    }
    dueNotices(model).forEach(expectTold);
    await world.runJobs();
    await learnNotices();
  }

  /** What was written is what should be told: not less, not more. */
  async function learnNotices() {
    const rows = await world.notices();
    for (const { id, key } of rows) {
      const notice = expected.get(key);
      expect(notice, `told without being due: ${key}`).toBeDefined();
      noticeOf.set(id, notice!);
    }
    expect(new Set(rows.map(({ key }) => key)).size, "told twice").toBe(rows.length);
    expect(rows.length, `not told: ${missing(rows).join(", ")}`).toBe(expected.size);
    return rows;
  }

  function missing(rows: { key: string }[]): string[] {
    const keys = new Set(rows.map(({ key }) => key));
    return [...expected.keys()].filter((key) => !keys.has(key));
  }

  /** Workers take what is due; of those that die before they say so, another takes it again. */
  async function work(dice: number, canDie: boolean): Promise<number> {
    const next = thrower(dice);
    const claims = await world.claim();
    const results = claims.map((claim) => ({ id: claim.id, result: handle(claim) }));
    const said = canDie ? results.filter(() => next.below(5) > 0) : results;
    for (const { id, what, until } of await world.complete(said)) judge(id, what, until);
    for (const claim of claims.filter(({ id }) => said.some((each) => each.id === id))) {
      if (claim.work) handed.delete(keyFor(claim.work));
    }
    return claims.length;
  }

  /** The vendor's side: one mail of a key, however often it is asked for. */
  function handle({ work: todo }: Claim): object | null {
    if (!todo) return null;
    const ids = todo.digest_id ? todo.notices : [todo.notification_id!];
    const key = keyFor(todo);
    const before = sent.get(key);
    ids.forEach(expectHolds);
    if (!before) {
      sent.set(key, { at: model.now, ids: [...ids] });
      for (const noticeId of ids) expectSendable(noticeId, todo.digest_id !== undefined);
    } else if (model.now < before.at + DAY) {
      count("sent again by another worker");
      expect(before.ids, `not in the first mail: ${key}`).toEqual(expect.arrayContaining(ids));
    } else {
      // The provider knows no key for longer: this is a second mail.
      sent.set(key, { at: model.now, ids: before.ids });
      for (const noticeId of ids) {
        const notice = noticeOf.get(noticeId)!;
        if (notice.channel === "in_app") continue;
        expect(isTransactional(notice), `mailed twice: ${keyOf(notice)}`).toBe(true);
        count("mailed again after a day, being transactional");
      }
    }
    const given = handed.get(key);
    handed.set(key, { at: given && !isKeyOver(given, model) ? given.at : model.now, ids });
    return todo.digest_id
      ? { mail_id: key, notification_ids: ids }
      : { sentence: "Something happened", path: "/sessions" };
  }

  /** However often a worker is given a mail: stopping it wins. */
  function expectHolds(id: string): void {
    const notice = noticeOf.get(id)!;
    expect(isTrue(notice, model), `untrue when it left: ${keyOf(notice)}`).toBe(true);
    expect(wanted(notice, model), `unwanted: ${keyOf(notice)}`).not.toBe("never");
  }

  function expectSendable(id: string, isInDigest: boolean): void {
    const notice = noticeOf.get(id)!;
    const key = keyOf(notice);
    const delivery = wanted(notice, model);
    count(`told by ${notice.kind}`);
    if (notice.channel === "in_app") {
      count("told in the app");
      return;
    }
    if (isQuiet(notice.person, model)) {
      expect(notice.kind, `at night: ${key}`).toBe("session_soon");
      count("told at night, being urgent");
    }
    if (isInDigest) {
      count("told in a digest");
      const since = heldAt.get(id);
      expect(since, `in a digest without having been held: ${key}`).toBeDefined();
      expect(
        hadMorning(notice.person, since!, model.now, false),
        `before the morning: ${key}`,
      ).toBe(true);
    } else {
      expect(delivery, `not in the digest: ${key}`).toBe("at_once");
    }
  }

  /** What was decided of a notice that is not sent now. */
  function judge(id: string, what: "skipped" | "held" | "waits", until: Date | null): void {
    const notice = noticeOf.get(id)!;
    const key = keyOf(notice);
    const delivery = wanted(notice, model);
    const given = [...handed.values()].find(({ ids }) => ids.includes(id));
    if (what === "skipped") {
      const isWanted = delivery !== "never";
      if (isWanted && isTrue(notice, model)) {
        expect(given && isKeyOver(given, model), `left out though it holds: ${key}`).toBe(true);
        expect(isTransactional(notice), `left out though it has to come: ${key}`).toBe(false);
        count("left out, having left a day ago, perhaps");
      } else {
        count(isWanted ? "left out, being untrue" : "left out, being unwanted");
      }
      given?.ids.splice(given.ids.indexOf(id), 1);
      return;
    }
    expect(given, `put off, though it may have left: ${key}`).toBeUndefined();
    if (what === "held") {
      expect(["daily", "weekly"], key).toContain(delivery);
      heldAt.set(id, model.now);
      count("held for a digest");
    } else {
      const { quiet } = model.choices[notice.person];
      expect(isQuiet(notice.person, model), `waits by day: ${key}`).toBe(true);
      expect(notice.kind, key).not.toBe("session_soon");
      expect(until!.getTime(), key).toBeGreaterThan(model.now);
      expect(until!.getTime() - model.now, key).toBeLessThanOrEqual(DAY + HOUR);
      expect(wallTime(until!.getTime(), notice.person), key).toBe(quiet!.until);
      count("waited for the end of quiet hours");
      if (hasChanged(notice.person, model.now, until!.getTime()))
        count("waited over a change of clocks");
    }
  }

  const run = {
    model,
    count,

    /** Those of whom a mail was given to a worker that has not said so, and what it is about. */
    waitingForWord: () =>
      [...handed.values()]
        .flatMap(({ ids }) => ids.map((id) => noticeOf.get(id)!))
        .filter(({ channel }) => channel === "mail")
        .map((notice) => ({ person: notice.person, group: groupOf(notice) })),

    /** Time goes on: to when something is due, or by some hours, and the jobs run then, late or in time. */
    async pass(dice: number): Promise<void> {
      const next = thrower(dice);
      const moments = [...model.bookings.values()]
        .flatMap(({ startsAt, endsAt }) => [
          ...model.rules.map(
            ({ event, offset }) =>
              (event === "session_starts" ? startsAt : endsAt) + offset * MINUTE,
          ),
          endsAt,
        ])
        .concat(model.messages.map(({ at }) => at + DAY))
        .filter((at) => at > model.now && at < model.now + 3 * DAY)
        .sort((a, b) => a - b);
      const due = moments[next.below(Math.min(moments.length, 4))];
      const to =
        due !== undefined && next.below(10) < 7
          ? due + next.below(7) * MINUTE
          : model.now + next.of([1, 20, 90, 400, 1_000, 2_500]) * MINUTE;
      await moveClock(to);
      await runJobs();
      // Now and then all workers are away.
      if (next.below(4) > 0) await work(next.below(1_000_000), true);
    },

    /** Time goes on until then, with every job and worker in time. */
    async passUntil(at: number): Promise<void> {
      await moveClock(at);
      await runJobs();
      await work(0, false);
    },

    async book(client: Person, coach: Person, startsAt: number): Promise<boolean> {
      const id = await world.book(client, coach, startsAt);
      if (!id) return false;
      const endsAt = startsAt + HOUR;
      const booking: Booking = {
        id,
        client,
        coach,
        startsAt,
        endsAt,
        status: "confirmed",
        sequence: 0,
        settledAt: model.now,
        reviewedAt: null,
      };
      model.bookings.set(id, booking);
      tellBoth("booking_confirmed", booking, 1);
      return true;
    },
    async move(booking: Booking, startsAt: number): Promise<boolean> {
      if (!(await world.move(booking.id, startsAt))) return false;
      Object.assign(booking, { startsAt, endsAt: startsAt + HOUR, settledAt: model.now });
      booking.sequence += 1;
      tellBoth("booking_moved", booking, booking.sequence + 1);
      return true;
    },
    async cancel(booking: Booking): Promise<boolean> {
      await world.cancel(booking.id);
      booking.status = "cancelled";
      booking.sequence += 1;
      tellBoth("booking_cancelled", booking, 1);
      return true;
    },
    async review(booking: Booking): Promise<boolean> {
      await world.review(booking.id);
      booking.reviewedAt = model.now;
      return true;
    },
    async write(client: Person, coach: Person, sender: Person): Promise<boolean> {
      const { conversation_id, seq } = await world.write(client, coach, sender);
      model.messages.push({
        conversation: conversation_id,
        client,
        coach,
        seq,
        sender,
        at: model.now,
      });
      return true;
    },
    async choose(person: Person, group: string, delivery: Delivery): Promise<boolean> {
      await world.prefer(person, group, delivery);
      model.choices[person].deliveries.set(group, delivery);
      return true;
    },
    async beQuiet(person: Person, quiet: { from: string; until: string } | null): Promise<boolean> {
      await world.beQuiet(person, quiet?.from ?? null, quiet?.until ?? null);
      model.choices[person].quiet = quiet;
      return true;
    },
    async editRule(rule: Rule, offset: number, isEnabled: boolean): Promise<boolean> {
      if (isTaken(rule, offset)) return false;
      await world.setRule(rule.id, offset, isEnabled);
      Object.assign(rule, { offset, isEnabled });
      return true;
    },
    async addRule(recipient: Recipient, offset: number): Promise<boolean> {
      const kind = offset >= -60 ? "session_soon" : "session_reminder";
      const rule = { event: "session_starts", kind, recipient, channel: "mail", offset } as const;
      if (isTaken({ ...rule, id: "" }, offset)) return false;
      model.rules.push({ ...rule, id: await world.addRule(recipient, offset), isEnabled: true });
      return true;
    },

    /** Nobody does anything more, and no worker dies: whatever was written is told or left out. */
    async settle(): Promise<void> {
      await learnNotices();
      // Over a week, for its digest, at every time of day: nobody's quiet hours are always.
      for (let step = 0; step < 20; step += 1) {
        await moveClock(model.now + 11 * HOUR);
        await world.queueDigests();
        while ((await work(0, false)) > 0);
      }
      const told = [...sent.values()].flatMap(({ ids }) => ids);
      expect(new Set(told).size, "in two mails").toBe(told.length);
      const isTold = new Set(told);
      for (const { id, key, sent: isSent, skipped } of await world.notices()) {
        expect(isSent || skipped, `lost: ${key}`).toBe(true);
        expect(isTold.has(id) || skipped, `sent without a mail: ${key}`).toBe(true);
      }
    },
  };
  await world.setClock(BEGINNING);
  return run;

  function isTaken(
    rule: Pick<Rule, "id" | "kind" | "recipient" | "channel">,
    offset: number,
  ): boolean {
    return model.rules.some(
      (each) =>
        each.id !== rule.id &&
        each.kind === rule.kind &&
        each.recipient === rule.recipient &&
        each.channel === rule.channel &&
        each.offset === offset,
    );
  }
}

/** What names a mail to its provider. */
function keyFor({ digest_id, notification_id }: Work): string {
  return digest_id ?? notification_id!;
}

/** Whether the provider may know the key of a mail no longer, which was given to a worker then. */
function isKeyOver({ at }: { at: number }, { now }: Model): boolean {
  return at < now - 23 * HOUR;
}

/** Whether somebody's clocks are changed between two moments. */
function hasChanged(person: Person, from: number, until: number): boolean {
  const minutes = (at: number) => {
    const [hour = 0, minute = 0] = wallTime(at, person).split(":").map(Number);
    return hour * 60 + minute;
  };
  const passed = Math.round((until - from) / MINUTE);
  return (minutes(until) - minutes(from) - passed) % 1_440 !== 0 && passed > 0;
}
