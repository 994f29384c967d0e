/**
 * A path as it may stand in the log: a private calendar address, and the one at which mails are stopped,
 * are secrets by themselves.
 *
 * @param pathname of a request
 * @returns the path, without what opens anything
 */
export function loggedPath(pathname: string): string {
  return pathname.replace(/^(\/(?:calendar|unsubscribe)\/)[^/]+/, "$1[private]");
}
