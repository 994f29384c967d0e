import { z } from "zod";

import {
  ClerkErrorSchema,
  readBody,
  type ClerkFrontend,
  type ClerkReply,
} from "~/lib/clerk-frontend.server";

import type { PendingCode, PendingOf } from "./pending.server";
import { wordRefusal, type Refusal } from "./refusal";

/**
 * Where an attempt stands after a call: signed in (`isNew` with an account that this made), waiting
 * for a code or for Google's word, or refused.
 */
export type Step =
  | { kind: "complete"; sessionId: string; token: string | null; isNew: boolean }
  | { kind: "pending"; pending: PendingCode }
  | { kind: "pending"; pending: PendingOf<"google">; consentUrl: string }
  | { kind: "refused"; refusal: Refusal };

const AttemptSchema = z.object({
  response: z.object({
    id: z.string(),
    status: z.string(),
    created_session_id: z.string().nullish(),
    created_user_id: z.string().nullish(),
    email_address: z.string().nullish(),
    missing_fields: z.array(z.string()).nullish(),
    first_factor_verification: z
      .object({
        status: z.string().nullish(),
        error: ClerkErrorSchema.nullish(),
        external_verification_redirect_url: z.string().nullish(),
      })
      .nullish(),
    supported_second_factors: z
      .array(z.object({ strategy: z.string(), email_address_id: z.string().nullish() }))
      .nullish(),
  }),
  client: z
    .object({
      sessions: z.array(
        z.object({
          id: z.string(),
          last_active_token: z.object({ jwt: z.string() }).nullish(),
        }),
      ),
    })
    .nullish(),
});

export type Attempt = z.output<typeof AttemptSchema>;

/** What Clerk wants next is not something our pages can do. */
export const DEAD_END: Refusal = {
  code: "unsupported_step",
  status: 422,
  field: null,
  message: "This account needs a step that we don’t offer here. Please write to us.",
};

/**
 * @param reply the answer to a call about a sign-in or sign-up
 * @returns the attempt
 */
export function readAttempt(reply: Extract<ClerkReply, { ok: true }>): Attempt {
  return readBody(AttemptSchema, reply.body);
}

/**
 * @param attempt an attempt
 * @returns the step of a finished attempt, or null when it isn't finished
 */
export function completed(attempt: Attempt): Step | null {
  const { status, created_session_id: sessionId, created_user_id: newUserId } = attempt.response;
  if (status !== "complete" || !sessionId) return null;
  const session = attempt.client?.sessions.find(({ id }) => id === sessionId);
  const token = session?.last_active_token?.jwt ?? null;
  return { kind: "complete", sessionId, token, isNew: Boolean(newUserId) };
}

/**
 * @param reply a refusal
 * @returns it as a step, in our words
 */
export function refused(reply: Extract<ClerkReply, { ok: false }>): Step {
  return { kind: "refused", refusal: wordRefusal(reply) };
}

/**
 * Starts an attempt. Somebody who is signed in as another person (in a tab that forgot it) is
 * signed out first: whoever has just typed a password wants to be that person.
 *
 * @param clerk the browser's Frontend API
 * @param path `/client/sign_ins` or `/client/sign_ups`
 * @param form what was typed
 * @returns Clerk's answer
 */
export async function startAttempt(
  clerk: ClerkFrontend,
  path: "/client/sign_ins" | "/client/sign_ups",
  form: Record<string, string>,
): Promise<ClerkReply> {
  const reply = await clerk.call("POST", path, form);
  if (reply.ok || reply.errors[0]?.code !== "session_exists") return reply;

  await clerk.call("DELETE", "/client/sessions");
  return clerk.call("POST", path, form);
}
