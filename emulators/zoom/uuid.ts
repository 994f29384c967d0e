/** A uuid that holds a slash must be encoded twice; the router has undone the first time. */
export function decodeTwice(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
