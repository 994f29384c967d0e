import { parseWithZod } from "@conform-to/zod/v4";
import { data, type ActionFunctionArgs } from "@remix-run/node";

import { getViewer, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import type { Flash } from "~/lib/flash";
import { replyWithRefusal } from "~/lib/form-refusal";

import { PROFILE_FIELD_BY_CODE, ProfileSchema } from "./profile-schema";
import { completeProfile } from "./profiles.server";

/**
 * The action of both pages on which people say who they are.
 *
 * @param args of the action
 * @param done where to go then, and what to say there
 * @returns a redirect, or the form again with what is wrong with it
 */
export async function saveProfile(args: ActionFunctionArgs, done: { path: string; flash: Flash }) {
  const submission = parseWithZod(await args.request.formData(), { schema: ProfileSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const saved = await completeProfile(viewer.db, submission.value);
  if (!saved.ok) {
    return data(replyWithRefusal(submission, saved.error, PROFILE_FIELD_BY_CODE), {
      status: saved.error.status,
    });
  }
  return redirectWithFlash(done.path, done.flash);
}
