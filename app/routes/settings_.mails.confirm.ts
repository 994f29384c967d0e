import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { confirmMailAddress } from "~/features/notifications/mails.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { sentMailsPath } from "~/lib/paths";

/** Somebody says that their address is right, or that they want our mail after all. */
export async function action(args: ActionFunctionArgs) {
  const { db } = await requireSignedIn(args);
  await confirmMailAddress(db);
  return redirectWithFlash(sentMailsPath(), {
    kind: "success",
    title: "We mail you again.",
    description: "If a mail comes back once more, we tell you here.",
  });
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader() {
  return redirect(sentMailsPath());
}
