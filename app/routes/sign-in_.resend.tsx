import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { answerResend } from "~/features/sign-in/answer-step.server";
import { readPending } from "~/features/sign-in/pending.server";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { sendSignInCode } from "~/features/sign-in/sign-in.server";
import { takeStep } from "~/features/sign-in/take-step.server";
import { signInPath, signInVerifyPath } from "~/lib/paths";

/** There is no page here: whoever reloads or bookmarks it goes where the form is. */
export function loader() {
  return redirect(signInVerifyPath());
}

export async function action(args: ActionFunctionArgs) {
  const redirectTo = redirectToOf(args.request, "");
  const pending = await readPending(args.request, "sign-in");
  if (!pending) return redirect(signInPath(redirectTo));

  const taken = await takeStep(args, {
    limit: "send_code",
    email: pending.email,
    run: (clerk) => sendSignInCode(clerk, pending),
  });
  return answerResend(taken, signInVerifyPath(redirectTo));
}
