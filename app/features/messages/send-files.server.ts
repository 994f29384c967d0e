import { createHash } from "node:crypto";

import type { Db } from "~/lib/db.server";

import { findExcess } from "./attachment-rules";
import { identifyFile } from "./identify-file.server";
import { messageIdOf } from "./message-id.server";
import { isPicture, preparePicture } from "./prepare-picture.server";
import type { UploadedFile } from "./read-upload.server";

/** Of pictures' previews, which lie beside them. */
const PREVIEW_TYPE = "image/webp";

type Target = { conversationId: string; messageId: string };

type Sent = { ids: string[] } | { refusal: string };

/** How one file went: a refusal is for a person, `shut` means that Storage takes none of theirs now. */
type Outcome = "sent" | "shut" | { refusal: string };

/**
 * Looks at the files for a message and puts them where send_message finds them. The same files for the
 * same message, a second time, are the same attachments.
 *
 * @param db of whoever sends
 * @param target whose message
 * @param files as they were uploaded
 * @returns the attachments' ids, or why one is refused, for a person
 */
export async function sendFiles(db: Db, target: Target, files: UploadedFile[]): Promise<Sent> {
  const excess = findExcess(files);
  if (excess) return { refusal: excess };

  const ids = files.map((file, index) =>
    messageIdOf(target.messageId, `${index} ${digestOf(file)}`),
  );
  for (const [index, file] of files.entries()) {
    const outcome = await sendFile(db, { ...target, id: ids[index]! }, file);
    if (outcome === "shut") break; // send_message says why
    if (outcome !== "sent") return outcome;
  }
  return { ids };
}

/** What tells a file from another of the same name. */
export function digestOf(file: UploadedFile): string {
  return createHash("sha256").update(file.bytes).update(file.name).digest("hex");
}

async function sendFile(
  db: Db,
  target: Target & { id: string },
  file: UploadedFile,
): Promise<Outcome> {
  const identified = await identifyFile(file.name, file.bytes);
  if ("refusal" in identified) return identified;
  const { name, contentType } = identified;
  const path = `${target.conversationId}/${target.messageId}/${target.id}`;
  if (!isPicture(contentType)) {
    return put(db, { path, bytes: file.bytes, contentType, metadata: { name } });
  }

  const picture = await preparePicture(file.bytes, contentType);
  if (!picture) return { refusal: `“${name}” can’t be read. Is it damaged?` };
  const { width, height } = picture.preview;
  const outcome = await put(db, {
    path: `${path}.small`,
    bytes: picture.preview.bytes,
    contentType: PREVIEW_TYPE,
    metadata: { name },
  });
  if (outcome !== "sent") return outcome;
  const metadata = { name, width, height };
  return put(db, { path, bytes: picture.bytes, contentType, metadata });
}

type StoredFile = { path: string; bytes: Uint8Array; contentType: string; metadata: object };

async function put(db: Db, file: StoredFile): Promise<Outcome> {
  const { path, bytes, contentType, metadata } = file;
  const { error } = await db.storage.from("attachments").upload(path, bytes, {
    contentType,
    metadata: { ...metadata },
  });
  if (!error) return "sent";

  switch (error.statusCode) {
    case "403": // Blocked, sent or too much meanwhile: write-message.server.ts asked before.
      return "shut";
    case "409": // Here from an earlier try.
      return "sent";
    case "413":
      return { refusal: "A picture is larger than 10 MB." };
    default:
      throw new Error(`Storage error ${error.statusCode}: ${error.message}`, { cause: error });
  }
}
