import { createHash } from "node:crypto";

/**
 * The id of a message that was sent by a plain form.
 *
 * The same form sent twice (a reload, a double press) must be one message. But people also go back
 * to a page that was shown before and write something else on it, and that must be another: so the
 * id follows from what the page was given and from the words.
 *
 * @param draftId what the page was given, a uuid
 * @param body the words
 * @returns a uuid (version 8: made by a rule of our own)
 */
export function messageIdOf(draftId: string, body: string): string {
  const digest = createHash("sha256").update(`${draftId}\n${body}`).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}
