import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { answerGoogle } from "~/features/sign-in/answer-step.server";
import { startGoogle } from "~/features/sign-in/google.server";
import { redirectToOf } from "~/features/sign-in/redirect-to";
import { takeStep } from "~/features/sign-in/take-step.server";
import { getSessionToken } from "~/lib/auth.server";
import { getEnv } from "~/lib/env.server";
import { sessionsPath, signInPath, signInWithGoogleCallbackPath } from "~/lib/paths";

/** There is no page here: whoever reloads or bookmarks it goes where the button is. */
export function loader() {
  return redirect(signInPath());
}

// A form and not a link: it begins an attempt, which no other site and no prefetch may do for a
// person. So Google has to be among the form targets of the content security policy.
export async function action(args: ActionFunctionArgs) {
  // In a tab that forgot it. Clerk would have to sign them out before Google vouches for anybody.
  if (await getSessionToken(args)) return redirect(redirectToOf(args.request, sessionsPath()));

  const redirectTo = redirectToOf(args.request, "");
  const callbackUrl = getEnv().APP_ORIGIN + signInWithGoogleCallbackPath();
  const taken = await takeStep(args, {
    limit: "sign_in",
    email: null,
    run: (clerk) => startGoogle(clerk, { callbackUrl, redirectTo }),
  });
  return answerGoogle(taken, redirectTo);
}
