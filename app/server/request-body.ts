import { LARGEST_UPLOAD_BYTES } from "../features/messages/attachment-rules.ts";

const MEGABYTE = 1024 * 1024;

/** Our largest form without files is a few kilobytes of text. Bytes. */
const LARGEST_BODY = 4 * MEGABYTE;

/** Somewhat more than a message takes: who chooses too much is told so beside the field. Bytes. */
const LARGEST_UPLOAD = LARGEST_UPLOAD_BYTES + 10 * MEGABYTE;

/** Where messages are written, by the page of a thread and by its script. */
const TAKES_FILES = /^\/(?:resources\/)?messages\/[0-9a-f-]{36}(?:\.data)?$/;

/**
 * How large a body may be.
 *
 * @param path where it was sent
 * @returns bytes
 */
export function largestBodyAt(path: string): number {
  return TAKES_FILES.test(path) ? LARGEST_UPLOAD : LARGEST_BODY;
}

/**
 * Reads a request's body whole, so that a form nobody would fill in can't fill our memory.
 *
 * @param request not yet read
 * @param largest what is still accepted; bytes
 * @returns the body (null when there is none), or "too-large"
 */
export async function readBodyWithin(
  request: Request,
  largest: number,
): Promise<Uint8Array<ArrayBuffer> | null | "too-large"> {
  if (Number(request.headers.get("Content-Length") ?? 0) > largest) return "too-large";
  if (!request.body) return null;

  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > largest) {
      await reader.cancel();
      return "too-large";
    }
    chunks.push(value);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}
