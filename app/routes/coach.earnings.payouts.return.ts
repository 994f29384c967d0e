import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { findPayoutAccount, rereadAccount } from "~/features/payouts/payouts.server";
import { requirePractice } from "~/features/practice/require-practice.server";
import { coachPayoutsPath, coachPayoutsReturnPath, signInPath } from "~/lib/paths";

/**
 * Stripe sends a coach here who leaves its pages, done or not: that says nothing, so what it knows
 * now is read there.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachPayoutsReturnPath()));

  const account = await findPayoutAccount(viewer.db);
  if (account) await rereadAccount(account);
  return redirect(coachPayoutsPath());
}
