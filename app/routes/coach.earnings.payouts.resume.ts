import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { findPayoutAccount, onboardingUrl } from "~/features/payouts/payouts.server";
import { requirePractice } from "~/features/practice/require-practice.server";
import { coachPayoutsPath, coachPayoutsResumePath, signInPath } from "~/lib/paths";

/**
 * Stripe sends a coach here whose link into its pages is used up or too old: with a new one they go
 * on where they were. Somebody without an account has to ask for one by the button.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachPayoutsResumePath()));

  const account = await findPayoutAccount(viewer.db);
  const url = account && (await onboardingUrl(viewer.db, coachId));
  return redirect(url ?? coachPayoutsPath());
}
