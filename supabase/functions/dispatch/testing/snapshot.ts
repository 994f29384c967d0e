import type { NamedLetter } from "./letters.ts";

/** Every letter as its reader sees it in plain text, one after the other. */
export const TEXTS = new URL("../mail/letters.snapshot.txt", import.meta.url);
/** The layout that all share, with everything that it can have: that of the digest. */
export const LAYOUT = new URL("../mail/letter.snapshot.html", import.meta.url);

/** What is kept of all letters, to see what a change does to them. */
export function snapshotsOf(letters: NamedLetter[]): { texts: string; layout: string } {
  const digest = letters.find(({ name }) => name === "digest");
  return {
    texts: letters.map(section).join("\n"),
    layout: `${broken(digest?.mail.html ?? "")}\n`,
  };
}

function section({ name, mail }: NamedLetter): string {
  return `${"=".repeat(72)}\n${name}\nSubject: ${mail.subject}\n${"=".repeat(72)}\n\n${mail.text}`;
}

/** One tag a line, so that a difference is one too. */
function broken(html: string): string {
  return html
    .replace(/(?:\s[\u200b-\u200f\ufeff]+)+/g, "")
    .replace(/></g, ">\n<")
    .replace(/ style="/g, '\n  style="');
}
