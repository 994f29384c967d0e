import type { Factories, Row } from "../../tests/factories.ts";
import type { Appointment } from "./appointments.ts";
import type { Practice } from "./practices.ts";
import type { SessionRows } from "./session-rows.ts";
import { AGENT_THREADS, LENDING_THREADS, type Thread } from "./thread-copy.ts";

/** A conversation with all that was said in it. */
export type ConversationRows = {
  conversation: Row<"conversations">;
  messages: Row<"messages">[];
  reads: Row<"conversation_reads">[];
};

const HOUR = 3_600_000;
/** So many pairs, beside those of the demo sign-ins, have written to each other. */
const OTHER_THREADS = 30;
/** So many of Maria's newest threads end with a message she has not seen. */
const UNREAD = 2;

/**
 * A conversation for every client and coach who had a session. Those of `demo` people have
 * something to read, and some others do.
 */
export function createConversations(
  factories: Factories,
  sessions: SessionRows[],
  demo: { maria: Practice; clientIds: string[] },
): ConversationRows[] {
  const pairs = [...byPair(sessions).values()];
  const isDemo = ({ practice, client }: Appointment) =>
    practice === demo.maria || demo.clientIds.includes(client.id);
  const [shown, rest] = [
    pairs.filter((pair) => isDemo(pair.appointment)),
    pairs.filter((pair) => !isDemo(pair.appointment)),
  ];
  const written = factories.faker.helpers.arrayElements(rest, OTHER_THREADS);
  const threads = { realtor: cycle(AGENT_THREADS), loan_officer: cycle(LENDING_THREADS) };

  return [
    ...shown.map((pair, index) => {
      const isUnread = pair.appointment.practice === demo.maria && index < UNREAD;
      return converse(factories, pair, next(pair), 3 + index * 17, isUnread);
    }),
    ...rest.map((pair) =>
      written.includes(pair)
        ? converse(factories, pair, next(pair), factories.faker.number.int({ min: 30, max: 900 }))
        : converse(factories, pair, [], 0),
    ),
  ];

  function next({ appointment }: SessionRows): Thread {
    return threads[appointment.client.kind === "loan_officer" ? "loan_officer" : "realtor"]();
  }
}

/** The first session of every client and coach. */
function byPair(sessions: SessionRows[]): Map<string, SessionRows> {
  const pairs = new Map<string, SessionRows>();
  for (const session of sessions) {
    const key = `${session.order.coach_id} ${session.order.client_id}`;
    const known = pairs.get(key);
    if (!known || session.booking.created_at < known.booking.created_at) pairs.set(key, session);
  }
  return pairs;
}

function cycle(threads: readonly Thread[]): () => Thread {
  let index = 0;
  return () => threads[index++ % threads.length]!;
}

/** Lays a thread out in time so that its last message was `hoursAgo`. */
function converse(
  factories: Factories,
  { appointment, booking }: SessionRows,
  thread: Thread,
  hoursAgo: number,
  isUnread = false,
): ConversationRows {
  const { faker, now } = factories;
  const { practice, client } = appointment;
  const id = faker.string.uuid();
  const parties = { client: client.id, coach: practice.person.id };
  const lines = isUnread ? endWithClient(thread) : thread;

  const length = lines.reduce((hours, line) => hours + line[2], 0);
  let at = now.getTime() - (hoursAgo + length) * HOUR;
  const messages = lines.map(([from, body, hoursLater], index): Row<"messages"> => {
    at += hoursLater * HOUR;
    return {
      id: faker.string.uuid(),
      conversation_id: id,
      seq: index + 1,
      change: index + 1,
      sender_id: parties[from],
      body,
      created_at: new Date(at).toISOString(),
      edited_at: null,
      deleted_at: null,
      removed_at: null,
      has_payment_hint: false,
    };
  });

  const last = messages.at(-1);
  const openedAt = booking.confirmed_at ?? booking.created_at;
  const startedAt = messages[0]?.created_at ?? openedAt;
  const conversation: Row<"conversations"> = {
    id,
    coach_id: practice.coach.id,
    client_id: client.id,
    last_seq: messages.length,
    last_change: messages.length,
    // Since the last message, though it may follow others: near enough for a demonstration.
    owed_by: last ? (last.sender_id === client.id ? "coach" : "client") : null,
    owed_at: last?.created_at ?? null,
    closed_at: null,
    last_message_at: last?.created_at ?? null,
    created_at: startedAt < openedAt ? startedAt : openedAt,
    opened_at: startedAt < openedAt ? startedAt : openedAt,
  };
  return { conversation, messages, reads: last ? createReads(parties, messages, isUnread) : [] };
}

/** The thread up to the last thing that the client says. */
function endWithClient(thread: Thread): Thread {
  const last = thread.findLastIndex(([from]) => from === "client");
  return thread.slice(0, last + 1);
}

/** Both have read everything, but for a coach with unread messages: they stop at their own last. */
function createReads(
  parties: { client: string; coach: string },
  messages: Row<"messages">[],
  isUnread: boolean,
): Row<"conversation_reads">[] {
  return [parties.client, parties.coach].map((profileId) => {
    const seen =
      isUnread && profileId === parties.coach
        ? messages.filter((message) => message.sender_id === profileId)
        : messages;
    const last = seen.at(-1);
    return {
      conversation_id: messages[0]!.conversation_id,
      profile_id: profileId,
      last_read_seq: last?.seq ?? 0,
      read_at: seen.findLast((message) => message.sender_id !== profileId)?.created_at ?? null,
    };
  });
}
