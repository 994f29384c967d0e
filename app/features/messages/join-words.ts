/** What is written so far, and behind it, after an empty line, a saved answer. */
export function joinWords(written: string, answer: string): string {
  return [written.trimEnd(), answer].filter((words) => words !== "").join("\n\n");
}
