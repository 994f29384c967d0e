import type { Submission } from "@conform-to/react";
import { data, type ActionFunctionArgs } from "@remix-run/node";

import { getViewer, signedOutReply } from "~/lib/auth.server";
import type { Db } from "~/lib/db.server";
import type { Result } from "~/lib/domain-error";
import type { Flash } from "~/lib/flash";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal, type FieldByCode } from "~/lib/form-refusal";

type Answer<Value, Saved> = {
  /** Asks the database. */
  save: (db: Db, value: Value) => Promise<Result<Saved>>;
  /** Which field each refusal is about. */
  fieldByCode?: FieldByCode;
  /** Where to go once it is saved, and what to say there. */
  done: { path: string; flash: Flash };
};

/**
 * The way every form of the desk is answered: signed out, malformed, refused or saved.
 *
 * @param args of the action
 * @param submission what was sent
 * @param answer what to do with it
 * @returns a redirect, or the form again with what is wrong with it
 */
export async function answerForm<Value, Saved>(
  args: ActionFunctionArgs,
  submission: Submission<unknown, string[], Value>,
  { save, fieldByCode, done }: Answer<Value, Saved>,
) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const saved = await save(viewer.db, submission.value);
  if (!saved.ok) {
    return data(replyWithRefusal(submission, saved.error, fieldByCode), {
      status: saved.error.status,
    });
  }
  return redirectWithFlash(done.path, done.flash);
}
