/**
 * A path as it may stand in the log: a private calendar address is a secret by itself.
 *
 * @param pathname of a request
 * @returns the path, without what opens anything
 */
export function loggedPath(pathname: string): string {
  return pathname.replace(/^(\/calendar\/)[^/]+/, "$1[private]");
}
