import type { LoaderFunctionArgs } from "@remix-run/node";

import { requireOnboarded, type SignedIn } from "~/lib/auth.server";
import { getPublicEnv } from "~/lib/env.server";
import { readTimeZone } from "~/lib/time-zone.server";

import { findConversation, markRead, readEvents, type EventRow } from "./conversations.server";
import { readChangedMessages, readMessages } from "./messages.server";
import type { ThreadEvent } from "./thread-event";
import type { SavedAnswer } from "./answer-picker";
import { listAnswers } from "./saved-answers.server";
import type { ChangedMessages, Reading, ThreadMessage } from "./thread-message";
import { whileReading } from "./unread.server";

/**
 * What the page of a thread shows. The newest page marks what it shows as read.
 *
 * @param args of the loader
 * @param conversationId the thread
 * @param before show only what was written before this message; null for the newest page
 * @returns the thread; null only for somebody who was signed out while writing
 * @throws Response 404 for a thread that does not exist or is not theirs
 */
export async function readThread(
  args: LoaderFunctionArgs,
  conversationId: string,
  before: number | null,
) {
  return whileReading(args.context, async (shows) => {
    const viewer = await requireOnboarded(args);
    if (!viewer.signedIn) return null;

    const [conversation, page] = await Promise.all([
      findConversation(viewer.db, conversationId),
      readMessages(viewer.db, conversationId, before),
    ]);
    if (!conversation) throw new Response("Not found", { status: 404 });

    const lastSeq = page.messages.at(-1)?.seq ?? 0;
    const isNewlyRead = before === null && lastSeq > conversation.last_read_seq;
    if (isNewlyRead && !isAhead(args.request)) {
      await shows(viewer.db, conversation.unread_count);
      await markRead(viewer.db, conversationId, lastSeq);
    }
    const answers = conversation.party === "coach" ? await listAnswers(viewer.db) : [];
    const events = await readEvents(viewer.db, conversationId, {
      firstSeq: page.messages[0]?.seq ?? null,
      lastSeq: before === null ? null : lastSeq,
    });
    return present(args, viewer, { conversation, answers, events, ...page });
  });
}

export type Thread = NonNullable<Awaited<ReturnType<typeof readThread>>>;

type Found = {
  conversation: NonNullable<Awaited<ReturnType<typeof findConversation>>>;
  answers: SavedAnswer[];
  events: EventRow[];
} & Awaited<ReturnType<typeof readMessages>>;

function present(args: LoaderFunctionArgs, viewer: SignedIn, found: Found) {
  const { conversation, messages, hasOlder, answers, events } = found;
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = getPublicEnv();
  return {
    counterpart: {
      name: conversation.counterpart_name,
      /** Whose page to show; null when the other is the client. */
      coachSlug: conversation.party === "client" ? conversation.coach_slug : null,
    },
    /** Under which the reader is known to the other's page. */
    viewerId: viewer.profile.id,
    messages: messages.map((message) => threadMessage(message, viewer)),
    events: events.map((event) => threadEvent(event, conversation.party)),
    hasOlder,
    /** What a coach says often; a client has none. */
    answers,
    /** Why nobody writes here: 'closed', 'left', 'suspended', 'blocked', 'blocked_by_you', 'over'; null when both may. */
    closedBecause: conversation.closed_because,
    /** How far the other has read; null when they have not, or that is not told. */
    reading: readingOf(conversation),
    timeZone: readTimeZone(args.request, viewer).timeZone,
    project: { url: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY },
  };
}

/**
 * What the page of a thread does not have yet: what was written, edited or deleted. Marks it as read.
 *
 * @param viewer a party
 * @param conversationId the thread
 * @param after the number of the last change the page has
 * @param eventsFrom of the page's first message, to read what happened besides, too; null to leave it out
 * @returns null when the thread does not exist or is not theirs
 */
export async function readChanged(
  viewer: SignedIn,
  conversationId: string,
  after: number,
  eventsFrom: number | null,
): Promise<ChangedMessages | null> {
  const [conversation, { messages, hasMore }, events] = await Promise.all([
    findConversation(viewer.db, conversationId),
    readChangedMessages(viewer.db, conversationId, after),
    eventsFrom === null
      ? null
      : readEvents(viewer.db, conversationId, { firstSeq: eventsFrom, lastSeq: null }),
  ]);
  if (!conversation) return null;

  const lastSeq = Math.max(0, ...messages.map((message) => message.seq));
  if (lastSeq > conversation.last_read_seq) await markRead(viewer.db, conversationId, lastSeq);
  return {
    messages: messages.map((message) => threadMessage(message, viewer)),
    hasMore,
    reading: readingOf(conversation),
    closedBecause: conversation.closed_because,
    events: events?.map((event) => threadEvent(event, conversation.party)) ?? null,
  };
}

function readingOf(conversation: Found["conversation"]): Reading | null {
  const { counterpart_read_seq: seq, counterpart_read_at: at } = conversation;
  return at === null ? null : { seq, at };
}

function threadEvent(event: EventRow, party: string): ThreadEvent {
  return {
    id: event.event_id,
    kind: event.kind,
    actor: event.actor,
    isOwn: event.actor === party,
    createdAt: event.happened_at,
    bookingId: event.booking_id,
    offerTitle: event.offer_title,
    startsAt: event.starts_at,
    sessionCount: event.session_count,
    amountCents: event.amount_cents,
  };
}

type MessageRow = Found["messages"][number];

function threadMessage(message: MessageRow, viewer: SignedIn): ThreadMessage {
  const { id, seq, change, body, created_at: createdAt } = message;
  const files = message.message_attachments.toSorted((one, other) => one.position - other.position);
  return {
    id,
    seq,
    change,
    body,
    attachments: files.map(({ id, name, size_bytes: size, width, height }) => ({
      id,
      name,
      size,
      preview: width !== null && height !== null ? { width, height } : null,
    })),
    createdAt,
    isEdited: message.edited_at !== null,
    isDeleted: message.deleted_at !== null,
    isRemoved: message.removed_at !== null,
    hasPaymentHint: message.has_payment_hint,
    isOwn: message.sender_id === viewer.profile.id,
  };
}

/** Whether the browser only fetches the page in case it is wanted: then nobody has read it. */
function isAhead(request: Request): boolean {
  return request.headers.get("Sec-Purpose")?.includes("prefetch") ?? false;
}
