import { randomUUID } from "node:crypto";

import type { Db } from "~/lib/db.server";
import type { Result } from "~/lib/domain-error";

import { startConversation } from "./conversations.server";
import { messageIdOf } from "./message-id.server";
import { sendMessage } from "./messages.server";

/**
 * Opens the thread with a coach and, when there are words already, writes them into it.
 *
 * @param db the client's
 * @param coachId the practice
 * @param message `body` may be empty: then the thread is only opened
 * @returns the thread's id, or why not: OCNFD, MSOWN, MSLIM, UPONB, MSBOD, MSFST
 */
export async function writeFirst(
  db: Db,
  coachId: string,
  message: { body: string; draftId?: string | undefined },
): Promise<Result<string>> {
  const started = await startConversation(db, coachId);
  if (!started.ok || !message.body) return started;

  const sent = await sendMessage(db, {
    id: messageIdOf(message.draftId ?? randomUUID(), message.body),
    conversationId: started.value,
    body: message.body,
    attachmentIds: [],
  });
  return sent.ok ? started : sent;
}
