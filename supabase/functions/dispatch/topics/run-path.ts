/** A run's uuid in a path: Zoom wants one that holds a slash encoded twice, and takes any that is. */
export function runPath(uuid: string): string {
  return encodeURIComponent(encodeURIComponent(uuid));
}
