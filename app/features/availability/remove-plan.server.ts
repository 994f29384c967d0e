import type { ActionFunctionArgs, TypedResponse } from "@remix-run/node";

import { requireSignedIn } from "~/lib/auth.server";
import type { Db } from "~/lib/db.server";
import type { Result } from "~/lib/domain-error";
import { redirectWithFlash } from "~/lib/flash.server";

/**
 * The way every "Remove" of the coach's plans is answered: back to the list, and what was done.
 *
 * @param args of the action
 * @param path the list
 * @param remove asks the database
 */
export async function removePlan(
  args: ActionFunctionArgs,
  path: string,
  remove: (db: Db) => Promise<Result<undefined>>,
): Promise<TypedResponse<never>> {
  const { db } = await requireSignedIn(args);
  const removed = await remove(db);
  return redirectWithFlash(
    path,
    removed.ok
      ? { kind: "success", title: "Removed." }
      : { kind: "error", title: removed.error.message },
  );
}
