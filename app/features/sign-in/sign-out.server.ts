import type { ActionFunctionArgs } from "@remix-run/node";

import {
  clearedSessionCookies,
  clerkCookieNames,
  parseSetCookie,
} from "~/lib/clerk-cookies.server";
import { ClerkUnavailableError } from "~/lib/clerk-frontend.server";
import { getEnv } from "~/lib/env.server";
import { getLogger } from "~/lib/logger.server";

import { endSession } from "./sign-in.server";
import { clerkOf } from "./take-step.server";

/**
 * Signs this browser out. Our cookies go even if Clerk can't be told: whoever leaves a shared
 * computer must be signed out of it.
 *
 * @param args of the action
 * @returns the headers that take the cookies away
 */
export async function signOut(args: ActionFunctionArgs): Promise<Headers> {
  const env = getEnv();
  const clerk = clerkOf(args);
  try {
    await endSession(clerk);
  } catch (error) {
    if (!(error instanceof ClerkUnavailableError)) throw error;
    getLogger().error(
      { err: error, requestId: args.context.requestId },
      "session not ended at clerk",
    );
  }

  const cleared = clearedSessionCookies(
    clerkCookieNames(env.CLERK_PUBLISHABLE_KEY),
    env.APP_ORIGIN.startsWith("https:"),
  );
  const names = new Set(cleared.map((setCookie) => parseSetCookie(setCookie).name));
  const relayed = clerk
    .setCookies()
    .filter((setCookie) => !names.has(parseSetCookie(setCookie).name));
  const headers = new Headers();
  for (const setCookie of [...relayed, ...cleared]) headers.append("Set-Cookie", setCookie);
  return headers;
}
