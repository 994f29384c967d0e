/**
 * When a share is its coach's. Who came is known half an hour to a day after the end, and can be objected to from
 * then on: for as long as a release waits at least.
 * @param releaseAfterMinutes platform_settings.release_after_minutes
 * @returns words that follow "Your share is yours", up to "the session has ended"
 */
export function releaseWords(releaseAfterMinutes: number): string {
  const days = Math.ceil(releaseAfterMinutes / 1440);
  return `once nobody can object any more, ${days} to ${days + 1} days after the session has ended`;
}
