import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { submitApplication } from "~/features/coaches/practice.server";
import { getViewer } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { coachDeskPath, signInPath } from "~/lib/paths";

/** There is no page here: whoever reloads or bookmarks it goes where the button is. */
export function loader() {
  return redirect(coachDeskPath());
}

export async function action(args: ActionFunctionArgs) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(coachDeskPath()));

  const submitted = await submitApplication(viewer.db);
  return redirectWithFlash(
    coachDeskPath(),
    submitted.ok
      ? {
          kind: "success",
          title: "Your application is in.",
          description: "We mail you when your page is live.",
        }
      : { kind: "error", title: submitted.error.message },
  );
}
