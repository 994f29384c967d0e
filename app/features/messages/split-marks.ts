/**
 * Takes an excerpt apart where words are marked.
 *
 * @param excerpt each marked word stands between U+0002 and U+0003
 * @returns its parts in order; every second one is marked
 */
export function splitMarks(excerpt: string): string[] {
  return excerpt.split("\u0002").flatMap((part) => part.split("\u0003"));
}
