import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { dashboardUrl, findPayoutAccount, STRIPE_IS_AWAY } from "~/features/payouts/payouts.server";
import { getViewer } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { coachPayoutsPath, signInPath } from "~/lib/paths";

/** There is no page here: whoever reloads or bookmarks it goes where the button is. */
export function loader() {
  return redirect(coachPayoutsPath());
}

export async function action(args: ActionFunctionArgs) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(coachPayoutsPath()));

  const account = await findPayoutAccount(viewer.db);
  const url = account && (await dashboardUrl(account));
  if (url) return redirect(url, { status: 303 });
  return redirectWithFlash(coachPayoutsPath(), { kind: "error", title: STRIPE_IS_AWAY });
}
