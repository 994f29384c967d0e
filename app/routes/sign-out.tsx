import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { signOut } from "~/features/sign-in/sign-out.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { homePath } from "~/lib/paths";

/** A link must not sign anybody out; only the button does. */
export function loader() {
  return redirect(homePath());
}

export async function action(args: ActionFunctionArgs) {
  const headers = await signOut(args);
  return redirectWithFlash(
    homePath(),
    { kind: "success", title: "You are signed out." },
    { headers },
  );
}
