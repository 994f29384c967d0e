/**
 * The version of a migration written now: the time in UTC as the Supabase CLI writes it, but
 * later than `last`, because a migration of a clock that is ahead would otherwise run after it.
 */
export function nextVersion(last: string | undefined, now: Date): string {
  const version = now.toISOString().replace(/\D/g, "").slice(0, 14);
  return last && last >= version ? String(BigInt(last) + 1n) : version;
}
