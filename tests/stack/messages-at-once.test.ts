import { randomUUID } from "node:crypto";

import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { toValue } from "~/lib/domain-error";

import { sql } from "../e2e/support/database.ts";
import { createCoach, type Coach } from "../e2e/support/people.ts";
import { admin } from "../e2e/support/stack.ts";
import { createSignedIn, signIn, type Client } from "./support/client.ts";

/*
 * What people do to a thread at the same moment, over as many connections as they have: every order in which it can end
 * is one in which it could have been done one after the other.
 */

let practice: Coach;
let client: Client;
let coach: Client;
let conversationId: string;

beforeAll(async () => {
  await admin("CLERK", "modes", { drop: true });
  practice = await createCoach();
  [client, coach] = await Promise.all([createSignedIn(), signIn(practice)]);
  conversationId = await open(client, practice);
});

// What was said before is long ago: nobody is too fast.
beforeEach(async () => {
  await sql`
    update public.messages set created_at = created_at - interval '2 minutes'
    where conversation_id = ${conversationId}
  `;
});

async function open({ db }: Client, { coach }: Coach): Promise<string> {
  return toValue(await db.rpc("start_conversation", { coach_id: coach.id }));
}

function send({ db }: Client, thread = conversationId, id: string = randomUUID()) {
  return db.rpc("send_message", { conversation_id: thread, message_id: id, body: `Words ${id}` });
}

async function sendOne(from: Client): Promise<string> {
  const id = randomUUID();
  toValue(await send(from, conversationId, id));
  return id;
}

type Answer = { error: { code: string } | null };

function codesOf(answers: Answer[]): string[] {
  return answers.map(({ error }) => error?.code ?? "done");
}

function countOf(answers: Answer[], code: string): number {
  return codesOf(answers).filter((each) => each === code).length;
}

function times<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** The thread's numbers as they are in its rows, and as it knows them itself. */
async function numbersOf(thread: string) {
  const rows = await sql<{ seq: number; change: number }[]>`
    select seq::integer, change::integer
    from public.messages where conversation_id = ${thread} order by seq
  `;
  const [known] = await sql<{ seq: number; change: number }[]>`
    select last_seq::integer as seq, last_change::integer as change
    from public.conversations where id = ${thread}
  `;
  return { seqs: rows.map(({ seq }) => seq), changes: rows.map(({ change }) => change), known };
}

const upTo = (last: number) => times(last, (index) => index + 1);

describe("two who write at once in one thread", () => {
  it("leave no gap and no doubt about the order, whatever is sent twice", async () => {
    const ids = times(18, () => randomUUID());
    const answers = await Promise.all(
      ids.flatMap((id) => [
        send(client, conversationId, id),
        send(client, conversationId, id),
        send(coach),
      ]),
    );
    expect(codesOf(answers)).toEqual(Array(54).fill("done"));
    const { seqs, changes, known } = await numbersOf(conversationId);
    expect(seqs).toEqual(upTo(36));
    expect(changes).toEqual(upTo(36));
    expect(known).toEqual({ seq: 36, change: 36 });
    // Each was told the number that its message has, both times.
    const twice = ids.map((_, index) => [answers[index * 3]!.data, answers[index * 3 + 1]!.data]);
    expect(twice.filter(([one, other]) => one !== other)).toEqual([]);
  });

  it("wait for nobody who looks at the thread for the first time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const someone = await createSignedIn();
      const thread = await open(someone, practice);
      const looks = () => someone.db.rpc("mark_read", { conversation_id: thread, seq: 1 });
      const answers = await Promise.all([looks(), send(someone, thread), looks(), looks()]);
      expect(codesOf(answers)).toEqual(["done", "done", "done", "done"]);
    }
  });

  it("number what is changed and taken back between what is sent", async () => {
    const before = (await numbersOf(conversationId)).known!;
    const ids = await Promise.all(times(6, () => sendOne(client)));
    const answers = await Promise.all([
      ...ids
        .slice(0, 3)
        .map((id) => client.db.rpc("edit_message", { message_id: id, body: "Now" })),
      ...ids.slice(3).map((id) => client.db.rpc("delete_message", { message_id: id })),
      ...times(6, () => send(coach)),
    ]);
    expect(codesOf(answers)).toEqual(Array(12).fill("done"));
    const { seqs, changes, known } = await numbersOf(conversationId);
    expect(seqs).toEqual(upTo(before.seq + 12));
    expect(known).toEqual({ seq: before.seq + 12, change: before.change + 18 });
    expect(new Set(changes).size).toBe(changes.length);
    expect(Math.max(...changes)).toBe(known!.change);
  });
});

describe("one who blocks while the other writes", () => {
  it("has of it what came before, and nothing after", async () => {
    for (let round = 0; round < 5; round += 1) {
      const before = (await numbersOf(conversationId)).known!.seq;
      const [atBlock, answers] = await Promise.all([
        coach.db
          .rpc("block_conversation", { conversation_id: conversationId })
          .then(async (done) => {
            expect(done.error).toBeNull();
            return (await numbersOf(conversationId)).known!.seq;
          }),
        Promise.all(times(4, () => send(client))),
      ]);
      expect(countOf(answers, "done") + countOf(answers, "MSBLK")).toBe(4);
      const { known } = await numbersOf(conversationId);
      expect(known!.seq).toBe(before + countOf(answers, "done"));
      expect(known!.seq).toBe(atBlock);
      expect((await send(client)).error?.code).toBe("MSBLK");
      await coach.db.rpc("unblock_conversation", { conversation_id: conversationId });
    }
  });
});

describe("one message that is changed and taken back at once", () => {
  it("is gone in the end, its words kept for moderation alone", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await sendOne(client);
      const [changed, ...taken] = await Promise.all([
        client.db.rpc("edit_message", { message_id: id, body: "Other words" }),
        ...times(3, () => client.db.rpc("delete_message", { message_id: id })),
      ]);
      expect(["done", "MSDEL"]).toContain(codesOf([changed])[0]);
      expect(codesOf(taken).toSorted()).toEqual(["MSDEL", "MSDEL", "done"]);
      const [message] = await sql`
        select body, deleted_at is not null as "isGone" from public.messages where id = ${id}
      `;
      expect(message).toEqual({ body: "", isGone: true });
      const kept = await sql<{ body: string }[]>`
        select body from private.message_words where message_id = ${id} order by id
      `;
      const words = [`Words ${id}`, ...(changed.error ? [] : ["Other words"])];
      expect(kept.map(({ body }) => body)).toEqual(words);
    }
  });
});

describe("one who does a lot at once", () => {
  it("sends twenty messages a minute, over however many threads", async () => {
    const writer = await createSignedIn();
    const threads = await Promise.all(times(10, async () => open(writer, await createCoach())));
    await Promise.all(times(19, () => send(writer, threads[0])));
    // One is left, and no two of these wait for the same thread.
    const answers = await Promise.all(threads.map((thread) => send(writer, thread)));
    expect(countOf(answers, "done")).toBe(1);
    expect(countOf(answers, "MSFST")).toBe(9);
  });

  it("opens ten threads a day", async () => {
    const writer = await createSignedIn();
    const coaches = await Promise.all(times(16, () => createCoach()));
    const answers = await Promise.all(
      coaches.map(({ coach }) => writer.db.rpc("start_conversation", { coach_id: coach.id })),
    );
    expect(countOf(answers, "done")).toBe(10);
    expect(countOf(answers, "MSLIM")).toBe(6);
  });

  it("reports ten things a day, each once", async () => {
    const ids = await Promise.all(times(16, () => sendOne(client)));
    const report = (id: string) =>
      coach.db.rpc("report", { subject: "message", subject_id: id, reason: "This is an insult." });
    const twice = await Promise.all(times(5, () => report(ids[0]!)));
    expect(countOf(twice, "done")).toBe(1);
    expect(countOf(twice, "RPTWO")).toBe(4);
    const answers = await Promise.all(ids.slice(1).map(report));
    expect(countOf(answers, "done")).toBe(9);
    expect(countOf(answers, "RPMNY")).toBe(6);
  });
});
