import type { ActionFunctionArgs } from "@remix-run/node";

import { answerDecision } from "~/features/memberships/answer-decision.server";

export async function action(args: ActionFunctionArgs) {
  return answerDecision(args, "cancel");
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export { toMembership as loader } from "~/features/memberships/answer-decision.server";
