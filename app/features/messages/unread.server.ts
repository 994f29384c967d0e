import type { AppLoadContext } from "@remix-run/node";

import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";

/** How many messages and how many notices wait, and why nothing is mailed. */
export type Unread = {
  messages: number;
  notices: number;
  mailStoppedBy: "bounce" | "complaint" | null;
};

/** What is known of one request: how many waited before it, and how many messages of those it shows. */
type Counting = { before?: Promise<Unread>; shown?: Promise<number> };

const countings = new WeakMap<AppLoadContext, Counting>();

/**
 * What waits for the reader, for the badges in the header: messages over all conversations, without
 * those that this very page shows, and notices.
 *
 * @param context of the request
 * @param db the signed-in person's
 */
export async function countUnread(context: AppLoadContext, db: Db): Promise<Unread> {
  const before = await countBefore(context, db);
  const shown = await countingOf(context).shown;
  return { ...before, messages: Math.max(0, before.messages - (shown ?? 0)) };
}

/**
 * Around the loader of a page that marks messages as read. The header's loader runs beside it and
 * might count before or after that; this makes it count before and take off what the page shows,
 * without either waiting for the other to finish.
 *
 * @param context of the request
 * @param load the loader; calls `shows` with how many messages it shows for the first time, and
 *   marks them as read only after that
 * @returns what the loader returns
 */
export async function whileReading<Page>(
  context: AppLoadContext,
  load: (shows: (db: Db, count: number) => Promise<void>) => Promise<Page>,
): Promise<Page> {
  // Set before anything is waited for: all loaders of a request are started together.
  let settle: (count: number) => void = () => {};
  countingOf(context).shown = new Promise((resolve) => (settle = resolve));

  try {
    return await load(async (db, count) => {
      settle(count);
      await countBefore(context, db);
    });
  } finally {
    settle(0);
  }
}

function countBefore(context: AppLoadContext, db: Db): Promise<Unread> {
  return (countingOf(context).before ??= askCount(db));
}

async function askCount(db: Db): Promise<Unread> {
  const [counts] = toValue(await db.rpc("unread_counts"));
  return {
    messages: counts?.messages ?? 0,
    notices: counts?.notices ?? 0,
    mailStoppedBy: counts?.mail_stopped_by ?? null,
  };
}

function countingOf(context: AppLoadContext): Counting {
  const known = countings.get(context);
  if (known) return known;
  const counting: Counting = {};
  countings.set(context, counting);
  return counting;
}
