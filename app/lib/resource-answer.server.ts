import type { SessionState } from "../server/load-context.ts";

/** What resource routes answer goes to a script and is never kept. */
const HEADERS = { "Cache-Control": "no-store" };

/**
 * @param data what was asked for
 * @returns 200 with `{ data }`
 */
export function answerData(data: unknown): Response {
  return Response.json({ data }, { headers: HEADERS });
}

/**
 * @param requestId of the request, for whoever reports it
 * @param error what is wrong, in words for a person
 * @returns the error's status with `{ error: { code, message, requestId } }`
 */
export function answerError(
  requestId: string,
  error: { code: string; message: string; status: number },
): Response {
  const { code, message, status } = error;
  return Response.json({ error: { code, message, requestId } }, { status, headers: HEADERS });
}

/**
 * The error for whoever is not signed in.
 *
 * @param session what is known of their session
 */
export function signedOutError(session: SessionState) {
  return session === "unavailable"
    ? { code: "unavailable", message: "Sign-in can’t be checked right now.", status: 503 }
    : {
        code: "signed_out",
        message: "You are signed out. Sign in again in another tab.",
        status: 401,
      };
}
