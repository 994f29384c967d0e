/*
 * Two hundred people book, pay, move, cancel and let go the times of twenty coaches, single ones and
 * series, all at once and all in the same few hours, while the jobs run: for ten seconds, or for STORM_SECONDS.
 */
import { expect, it } from "vitest";

import { STATUS_BY_CODE } from "~/lib/domain-error";

import { createCoach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { freeHour } from "./support/booking.ts";
import { createSignedIn, signIn, type Client } from "./support/client.ts";
import {
  brokenHistories,
  halfOrders,
  hostsWithTwoMeetings,
  meetingsElsewhere,
  moneyMismatch,
  overlappingSessions,
} from "./support/storm-checks.ts";
import { runStorm, type StormCoach } from "./support/storm.ts";

const SECONDS = Number(process.env["STORM_SECONDS"] ?? 10);
const CLIENTS = 200;
const COACHES = 20;

async function inBatches<Value>(count: number, make: () => Promise<Value>): Promise<Value[]> {
  const made: Value[] = [];
  while (made.length < count) made.push(...(await Promise.all(Array.from({ length: 20 }, make))));
  return made;
}

async function coachAtWork(): Promise<StormCoach> {
  const coach = await createCoach();
  return { coach, db: (await signIn(coach)).db };
}

it(
  "keeps every calendar whole while 200 clients and 20 coaches change them at once",
  async () => {
    // What Clerk tells of them is news for clerk-webhook, and none of this test.
    await admin("CLERK", "modes", { drop: true });
    const coaches = await inBatches(COACHES, coachAtWork);
    const clients = await inBatches<Client>(CLIENTS, createSignedIn);

    const { calls, refusals, slowest } = await runStorm({
      clients,
      coaches,
      firstHour: await freeHour(),
      milliseconds: SECONDS * 1_000,
    });
    console.log(JSON.stringify({ seconds: SECONDS, calls, refusals, slowest }));

    expect(Object.keys(refusals).filter((code) => !Object.hasOwn(STATUS_BY_CODE, code))).toEqual(
      [],
    );
    for (const action of ["book", "book series", "pay", "move", "coach moves", "cancel", "let go"])
      expect(calls[action]?.done, action).toBeGreaterThan(0);

    // Other tests move sessions by their rows, which no meeting and no event follows.
    const coachIds = coaches.map(({ coach }) => coach.coach.id);
    expect(await overlappingSessions(), "two sessions of one coach at once").toEqual([]);
    expect(await hostsWithTwoMeetings(), "two meetings of one host at once").toEqual([]);
    expect(await meetingsElsewhere(coachIds), "a session whose meeting is not at its time").toEqual(
      [],
    );
    expect(await halfOrders(coachIds), "half a series").toEqual([]);
    expect(await brokenHistories(coachIds), "events that lead to another state").toEqual([]);
    expect(await moneyMismatch(), "money that does not add up").toEqual([]);
  },
  (SECONDS + 240) * 1_000,
);
