import { CHANGE, STOP, type LetterProps } from "./letter.tsx";

/** Characters of a line: what fits a narrow window, quoted twice. */
const WIDTH = 72;

/**
 * The letter for who reads plain text: the same words, wrapped, and each address on a line of its own, so
 * that every program makes a link of it.
 */
export function letterText({
  greeting,
  words,
  href,
  items = [],
  because,
  choices,
}: LetterProps): string {
  const parts = [
    words.subject,
    greeting,
    ...words.paragraphs,
    ...items.flatMap((item) => [`${item.text}\n${labelled(item.label, item.href)}`]),
    labelled(words.action.label, href),
    "-".repeat(WIDTH),
    because,
    ...(choices ? [labelled(CHANGE, choices.changeHref)] : []),
    ...(choices?.unsubscribeHref ? [labelled(STOP, choices.unsubscribeHref)] : []),
  ];
  return `${parts.filter(Boolean).map(wrap).join("\n\n")}\n`;
}

function labelled(label: string, href: string): string {
  return `${label}:\n${href}`;
}

/** Breaks lines at spaces, not within a time such as "9:00 AM" or an address: those have none to break at. */
function wrap(text: string): string {
  return text.split("\n").map(wrapLine).join("\n");
}

function wrapLine(line: string): string {
  const [first = "", ...rest] = line.split(" ");
  const lines = [first];
  for (const word of rest) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("\n");
}
