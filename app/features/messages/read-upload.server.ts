import {
  unstable_createMemoryUploadHandler as createMemoryUploadHandler,
  unstable_parseMultipartFormData as parseMultipartFormData,
} from "@remix-run/node";

import { LARGEST_FILE_BYTES, LARGEST_UPLOAD_BYTES, MOST_FILES } from "./attachment-rules";

/** A file as it was sent. Nothing of it is to be believed yet, the name least. */
export type UploadedFile = {
  name: string;
  /** Of a file that is too large only the size. */
  bytes: Uint8Array;
  size: number;
};

/** Words are never that long; what a form says besides is shorter. Bytes. */
const LARGEST_FIELD = 1024 * 1024;

/**
 * Reads a form with files. What is too much is read and dropped, so that all else of the form is
 * there to be shown again.
 *
 * @param request of a form, with or without files
 * @returns the form's fields, and what was chosen in its field `files`
 */
export async function readUpload(
  request: Request,
): Promise<{ form: FormData; files: UploadedFile[] }> {
  const files: UploadedFile[] = [];
  if (!request.headers.get("Content-Type")?.startsWith("multipart/form-data")) {
    return { form: await request.formData(), files };
  }

  let room = LARGEST_UPLOAD_BYTES;
  const readField = createMemoryUploadHandler({ maxPartSize: LARGEST_FIELD });
  const form = await parseMultipartFormData(request, async (part) => {
    if (part.name !== "files") return readField(part);

    const chunks: Uint8Array[] = [];
    const largest = files.length < MOST_FILES ? Math.min(room, LARGEST_FILE_BYTES) : 0;
    let size = 0;
    for await (const chunk of part.data) {
      size += chunk.byteLength;
      if (size <= largest) chunks.push(chunk);
    }
    // A field in which nothing was chosen sends an empty file without a name.
    if (!part.filename && size === 0) return undefined;
    const bytes = size <= largest ? Buffer.concat(chunks) : new Uint8Array();
    room -= bytes.byteLength;
    files.push({ name: part.filename ?? "", bytes, size });
    return undefined;
  });
  return { form, files };
}
