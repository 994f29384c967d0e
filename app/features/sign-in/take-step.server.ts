import type { ActionFunctionArgs } from "@remix-run/node";

import { readCookies } from "~/lib/clerk-cookies.server";
import {
  ClerkUnavailableError,
  createClerkFrontend,
  type ClerkFrontend,
} from "~/lib/clerk-frontend.server";
import { mintToken } from "~/lib/clerk-session.server";
import { getEnv } from "~/lib/env.server";
import { getLogger } from "~/lib/logger.server";
import { digestSubject, limitTries } from "~/lib/rate-limit.server";
import { recordSecurityEvent } from "~/lib/service-db.server";

import type { Step } from "./clerk-flow.server";
import { LIMITS, type LimitName } from "./limits";
import { tooManyTries, UNAVAILABLE, type Refusal } from "./refusal";

/** A step after everything that could be asked has been asked: a finished one has its token. */
export type TakenStep =
  | { kind: "complete"; token: string; isNew: boolean }
  | Extract<Step, { kind: "pending" }>
  | { kind: "refused"; refusal: Refusal };

export type Taken = { step: TakenStep; clerk: ClerkFrontend };

/**
 * Takes one step of sign-up, sign-in or password reset: within the limits, and with every way it
 * can fail turned into a refusal that a form can show.
 *
 * @param args of the action
 * @param options.limit which limit counts this try, by browser address and by e-mail
 * @param options.email whom it is about; null when it is not known yet, and only the address counts
 * @param options.run asks Clerk
 * @returns the step, and the Frontend API whose cookies the answer must carry
 */
export async function takeStep(
  args: ActionFunctionArgs,
  options: { limit: LimitName; email: string | null; run: (clerk: ClerkFrontend) => Promise<Step> },
): Promise<Taken> {
  const clerk = clerkOf(args);
  const { limit, email } = options;
  const wait = await limitTries([
    { limit: LIMITS[limit].byAddress, subject: args.context.clientIp },
    ...(email === null ? [] : [{ limit: LIMITS[limit].byEmail, subject: email }]),
  ]);
  if (wait > 0) return { clerk, step: { kind: "refused", refusal: tooManyTries(wait) } };

  const step = await settle(args, clerk, options.run);
  if (step.kind === "refused" && step.refusal.status !== UNAVAILABLE.status) {
    await recordSecurityEvent(`${limit}_refused`, {
      code: step.refusal.code,
      subject: email === null ? null : digestSubject(email),
      address: digestSubject(args.context.clientIp),
    });
  }
  return { clerk, step };
}

/**
 * @param args of the action
 * @returns Clerk's Frontend API, on behalf of the browser that sent the request
 */
export function clerkOf({ request, context }: ActionFunctionArgs): ClerkFrontend {
  return createClerkFrontend(getEnv(), {
    cookies: readCookies(request.headers.get("Cookie")),
    ip: context.clientIp,
    userAgent: request.headers.get("User-Agent"),
  });
}

async function settle(
  args: ActionFunctionArgs,
  clerk: ClerkFrontend,
  run: (clerk: ClerkFrontend) => Promise<Step>,
): Promise<TakenStep> {
  try {
    const step = await run(clerk);
    if (step.kind !== "complete") return step;

    const token = step.token ?? (await mintToken(clerk, step.sessionId));
    return token
      ? { kind: "complete", token, isNew: step.isNew }
      : { kind: "refused", refusal: UNAVAILABLE };
  } catch (error) {
    if (!(error instanceof ClerkUnavailableError)) throw error;
    getLogger().error({ err: error, requestId: args.context.requestId }, "clerk is unavailable");
    return { kind: "refused", refusal: UNAVAILABLE };
  }
}
