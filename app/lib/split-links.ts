import { find, type Opts } from "linkifyjs";

/** A piece of a text: words as they are, or what somebody wrote as an address. */
export type TextPiece = { text: string; href: string | null };

const OPTIONS = { defaultProtocol: "https" } satisfies Opts;
/** Nothing else becomes a link, whatever it looks like: no `javascript:`, no `data:`, no files. */
const SAFE = /^(https?:\/\/|mailto:)/i;
/** With a name before the host, which reads as if it were the host; or with signs that turn the direction of writing. */
const DECEPTIVE = /^https?:[/\\]*[^/\\?#]*@|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/i;
/** Said to be an address by whoever wrote it. */
const EXPLICIT = /^(https?:|mailto:|www\.)|@/i;
/** Neither "localhost" nor a file ("tour.mov") is an address, nor where a space is missing ("I agree.It is"). */
const NO_HOST = /^[^/:?#.]*([/:?#]|$)|^[^/:?#]*\.(zip|mov|ZIP|MOV|[A-Z][a-z]+)$/;

/**
 * Splits what a person wrote into words and links.
 *
 * @param text - As it was written. Put together, the pieces' texts are this text again.
 * @returns The pieces in order; `href` is null for words, otherwise an address of the web or of mail.
 */
export function splitLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { start, end, href } of find(text, OPTIONS)) {
    if (!SAFE.test(href) || DECEPTIVE.test(href) || !isMeant(text.slice(start, end))) continue;
    if (start > from) pieces.push({ text: text.slice(from, start), href: null });
    pieces.push({ text: text.slice(start, end), href });
    from = end;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}

/** Whether who wrote these words meant an address by them. */
function isMeant(words: string): boolean {
  return EXPLICIT.test(words) || !NO_HOST.test(words);
}
