import { env } from "./env.ts";
import { httpError, VENDOR_TIMEOUT_MS } from "./vendor-error.ts";

/**
 * A user as Clerk's Backend API shows it, the same shape as in its webhooks.
 * @returns the user, or null when there is none (any more)
 */
export async function clerkUser(clerkUserId: string): Promise<object | null> {
  const base = env.CLERK_API_URL ?? "https://api.clerk.com";
  const response = await fetch(`${base}/v1/users/${encodeURIComponent(clerkUserId)}`, {
    headers: { authorization: `Bearer ${env.CLERK_SECRET_KEY}` },
    signal: AbortSignal.timeout(VENDOR_TIMEOUT_MS),
  });
  if (response.status === 404) {
    await response.body?.cancel();
    return null;
  }
  if (!response.ok) throw await httpError("clerk", response);
  return await response.json();
}
