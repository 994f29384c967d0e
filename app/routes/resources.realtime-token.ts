import type { LoaderFunctionArgs } from "@remix-run/node";

import { getSessionToken } from "~/lib/auth.server";
import { peekToken } from "~/lib/clerk-token.server";
import { answerData, answerError, signedOutError } from "~/lib/resource-answer.server";

/** The reader's own short-lived token, for the browser's connection to live updates. */
export async function loader(args: LoaderFunctionArgs) {
  const token = await getSessionToken(args);
  if (token) return answerData({ token, expiresAt: peekToken(token)?.exp ?? 0 });
  return answerError(args.context.requestId, signedOutError(args.context.session));
}
