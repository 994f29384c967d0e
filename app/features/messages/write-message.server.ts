import type { Db } from "~/lib/db.server";
import type { DomainError } from "~/lib/domain-error";

import { sendMessage } from "./messages.server";
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
 * @returns its number in the thread, or why not: a file, MSNFD, MSBOD, MSFST, MSTEN, MSGON, UPONB
 */
export async function writeMessage(db: Db, message: NewMessage): Promise<Written> {
  const { id, conversationId, body, files } = message;
  const sentFiles = await sendFiles(db, { conversationId, messageId: id }, files);
  if ("refusal" in sentFiles) {
    return { ok: false, error: { code: "file", message: sentFiles.refusal, status: 422 } };
  }
  const sent = await sendMessage(db, { id, conversationId, body, attachmentIds: sentFiles.ids });
  return sent.ok ? { ok: true, seq: sent.value } : sent;
}
