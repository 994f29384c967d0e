import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { beginConnecting } from "~/features/calendly/oauth.server";
import { getViewer } from "~/lib/auth.server";
import { becomeACoachPath, coachCalendlyPath, signInPath } from "~/lib/paths";

/** There is no page here: whoever reloads or bookmarks it goes where the button is. */
export function loader() {
  return redirect(coachCalendlyPath());
}

// A form and not a link: no other site may begin an attempt for a person.
export async function action(args: ActionFunctionArgs) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(coachCalendlyPath()));
  if (!viewer.profile.coach_id) return redirect(becomeACoachPath());

  const { url, cookie } = await beginConnecting(viewer.profile.id);
  return redirect(url, { status: 303, headers: { "Set-Cookie": cookie } });
}
