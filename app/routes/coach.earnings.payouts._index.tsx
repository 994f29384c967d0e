import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { FormErrors } from "~/components/form-errors";
import { PageHeader } from "~/components/page";
import { PayoutList } from "~/features/payouts/payout-list";
import { PayoutStatus } from "~/features/payouts/payout-status";
import {
  findPayoutAccount,
  listPayouts,
  onboardingUrl,
  STRIPE_IS_AWAY,
} from "~/features/payouts/payouts.server";
import { DeskFormPage } from "~/features/practice/desk-form-page";
import { requirePractice } from "~/features/practice/require-practice.server";
import { getViewer } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { becomeACoachPath, coachEarningsPath, coachPayoutsPath, signInPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Payouts") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachPayoutsPath())); // nothing is typed here
  const [account, payouts] = await Promise.all([
    findPayoutAccount(viewer.db),
    listPayouts(viewer.db),
  ]);
  return { account, payouts };
}

// A form and not a link: no other site may begin an account for a person.
export async function action(args: ActionFunctionArgs) {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(coachPayoutsPath()));
  if (!viewer.profile.coach_id) return redirect(becomeACoachPath());

  const url = await onboardingUrl(viewer.db, viewer.profile.coach_id);
  return url ? redirect(url, { status: 303 }) : data({ message: STRIPE_IS_AWAY }, { status: 503 });
}

export default function PayoutsRoute() {
  const { account, payouts } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <DeskFormPage>
      <PageHeader
        above={
          <a href={coachEarningsPath()} className="text-link">
            Your earnings
          </a>
        }
        title="Payouts"
        lead="Stripe pays coaches for us. It is their site that asks for your bank account, not ours."
      />
      <div className="space-y-6">
        <FormErrors id="refusal" errors={refusal ? [refusal.message] : undefined} />
        <PayoutStatus account={account} />
        {payouts.length > 0 ? (
          <section aria-labelledby="sent" className="space-y-4">
            <h2 id="sent" className="text-display-sm">
              To your bank
            </h2>
            <PayoutList payouts={payouts} />
          </section>
        ) : null}
      </div>
    </DeskFormPage>
  );
}
