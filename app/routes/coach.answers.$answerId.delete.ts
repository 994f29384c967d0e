import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { deleteAnswer } from "~/features/messages/saved-answers.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { savedAnswersPath } from "~/lib/paths";

const ParamsSchema = z.object({ answerId: z.uuid() });

/** Deletes a saved answer. */
export async function action(args: ActionFunctionArgs) {
  const { answerId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);
  await deleteAnswer(db, answerId);
  return redirectWithFlash(savedAnswersPath(), {
    kind: "success",
    title: "The answer is deleted.",
    description: "What you have sent stays as it is.",
  });
}

export function loader() {
  return redirect(savedAnswersPath());
}
