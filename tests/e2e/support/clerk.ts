import { admin, stackValue } from "./stack.ts";

/**
 * The code that was mailed to somebody last.
 * @param email theirs
 * @throws if there is none
 */
export async function lastCode(email: string): Promise<string> {
  const path = `codes?email=${encodeURIComponent(email)}`;
  const { codes } = await admin<{ codes: { code: string }[] }>("CLERK", path);
  if (!codes[0]) throw new Error(`No code was sent to ${email}.`);
  return codes[0].code;
}

/**
 * Makes the tokens that are given out from now on live shorter than Clerk's 60 seconds.
 * @param seconds how long
 */
export async function setTokenLifetime(seconds: number): Promise<void> {
  await admin("CLERK", "settings", { tokenLifetimeSeconds: seconds });
}

/**
 * Ends all sessions of somebody, as an admin does in Clerk's dashboard.
 * @param clerkUserId whose
 */
export async function revokeSessions(clerkUserId: string): Promise<void> {
  const sessions = await backend<{ id: string }[]>(`/v1/sessions?user_id=${clerkUserId}`, "GET");
  for (const { id } of sessions) await backend(`/v1/sessions/${id}/revoke`, "POST");
}

async function backend<Answer>(path: string, method: "GET" | "POST"): Promise<Answer> {
  const response = await fetch(stackValue("CLERK_URL") + path, {
    method,
    headers: { Authorization: `Bearer ${stackValue("CLERK_SECRET_KEY")}` },
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return (await response.json()) as Answer;
}
