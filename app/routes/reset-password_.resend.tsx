import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { answerResend } from "~/features/sign-in/answer-step.server";
import { sendResetCode } from "~/features/sign-in/password-reset.server";
import { readPending } from "~/features/sign-in/pending.server";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { takeStep } from "~/features/sign-in/take-step.server";
import { forgotPasswordPath, resetPasswordPath } from "~/lib/paths";

/** There is no page here: whoever reloads or bookmarks it goes where the form is. */
export function loader() {
  return redirect(resetPasswordPath());
}

export async function action(args: ActionFunctionArgs) {
  const redirectTo = redirectToOf(args.request, "");
  const pending = await readPending(args.request, "reset");
  if (!pending) return redirect(forgotPasswordPath(redirectTo));

  const taken = await takeStep(args, {
    limit: "send_code",
    email: pending.email,
    run: (clerk) => sendResetCode(clerk, pending),
  });
  return answerResend(taken, resetPasswordPath(redirectTo));
}
