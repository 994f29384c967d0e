import type { Db } from "~/lib/db.server";
import type { DomainError } from "~/lib/domain-error";

import { prepareMessage, sendMessage } from "./messages.server";
import type { UploadedFile } from "./read-upload.server";
import { sendFiles } from "./send-files.server";

type NewMessage = { id: string; conversationId: string; body: string; files: UploadedFile[] };

/** A file that a message does not take. The codes of the database are domain-error.ts's. */
type FileRefusal = { code: "file"; message: string; status: 422 };

type Written = { ok: true; seq: number } | { ok: false; error: DomainError | FileRefusal };

/**
 * A party writes to the other, with files or without.
 *
 * @param db theirs
 * @param message `id` is the sender's to choose: sent again, it is the same message
 * @returns its number in the thread, or why not: a file, MSNFD, MSBLK, MSRDO, MSBOD, MSFST, MSTWO, MSTEN, MSGON, UPONB
 */
export async function writeMessage(db: Db, message: NewMessage): Promise<Written> {
  const { id, conversationId, body, files } = message;
  // Looking at pictures is work: only for who may send them, and has not sent them.
  if (files.length > 0) {
    const prepared = await prepareMessage(db, conversationId, id);
    if (!prepared.ok) return prepared;
    if (prepared.value !== null) return { ok: true, seq: prepared.value };
  }
  const sentFiles = await sendFiles(db, { conversationId, messageId: id }, files);
  if ("refusal" in sentFiles) {
    return { ok: false, error: { code: "file", message: sentFiles.refusal, status: 422 } };
  }
  const sent = await sendMessage(db, { id, conversationId, body, attachmentIds: sentFiles.ids });
  return sent.ok ? { ok: true, seq: sent.value } : sent;
}
