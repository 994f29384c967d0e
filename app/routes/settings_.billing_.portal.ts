import { redirect, type ActionFunctionArgs } from "@remix-run/node";

import { findStripeCustomer, portalUrl } from "~/features/billing/billing.server";
import { getViewer } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { billingPath, signInPath } from "~/lib/paths";

/** There is no page here: whoever reloads or bookmarks it goes where the button is. */
export function loader() {
  return redirect(billingPath());
}

export async function action(args: ActionFunctionArgs) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(billingPath()));

  const customer = await findStripeCustomer(viewer.db);
  const url = customer && (await portalUrl(customer, viewer.profile.id));
  if (url) return redirect(url, { status: 303 });
  return redirectWithFlash(billingPath(), {
    kind: "error",
    title: customer
      ? "Stripe does not answer right now. Try again in a minute."
      : "There is no card yet. It is kept when you pay for the first time.",
  });
}
