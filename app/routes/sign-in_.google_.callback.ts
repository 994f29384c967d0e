import type { LoaderFunctionArgs } from "@remix-run/node";

import { passSignedIn } from "~/features/sign-in/already-signed-in.server";
import { answerGoogle } from "~/features/sign-in/answer-step.server";
import { finishGoogle } from "~/features/sign-in/google.server";
import { readPending } from "~/features/sign-in/pending.server";
import { STALE_ATTEMPT } from "~/features/sign-in/refusal";
import { takeStep } from "~/features/sign-in/take-step.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { sessionsPath, signInPath } from "~/lib/paths";

/** Where Clerk sends the browser when it is back from Google. */
export async function loader(args: LoaderFunctionArgs) {
  const pending = await readPending(args.request, "google");
  if (!pending) {
    // Somebody who reloads is through already.
    await passSignedIn(args, sessionsPath());
    const flash = { kind: "error", title: STALE_ATTEMPT.message } as const;
    return redirectWithFlash(signInPath(), flash);
  }
  const taken = await takeStep(args, {
    limit: "code",
    email: null,
    run: (clerk) => finishGoogle(clerk, pending),
  });
  return answerGoogle(taken, pending.redirectTo);
}
