/** Our largest form is a few kilobytes of text. Bytes. */
const LARGEST_BODY = 4 * 1024 * 1024;

/**
 * Reads a request's body whole, so that a form nobody would fill in can't fill our memory.
 *
 * @param request not yet read
 * @param largest what is still accepted; bytes
 * @returns the body (null when there is none), or "too-large"
 */
export async function readBodyWithin(
  request: Request,
  largest = LARGEST_BODY,
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
