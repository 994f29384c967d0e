import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { DateTime } from "~/components/date-time";
import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { TOLD_LATER } from "~/features/memberships/answer-decision.server";
import { ConsentSchema } from "~/features/memberships/consent-field";
import { askStripe, preparePlan } from "~/features/memberships/decide.server";
import { changePlan, findMembership, listPlans } from "~/features/memberships/memberships.server";
import { PlanForm } from "~/features/memberships/plan-form";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { membershipPath } from "~/lib/paths";

const ParamsSchema = z.object({ membershipId: z.uuid() });

const PlanSchema = ConsentSchema.extend({ offerId: z.uuid({ error: "Choose a membership." }) });

export const meta: MetaFunction = () => [{ title: pageTitle("Change your membership") }];

export async function loader(args: LoaderFunctionArgs) {
  const { membershipId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireProfile(args);
  // After a form was sent: what was chosen is all there is to show.
  if (!viewer.signedIn) return { membershipId, membership: null, plans: [] };

  const [membership, plans] = await Promise.all([
    findMembership(viewer.db, membershipId),
    listPlans(viewer.db, membershipId),
  ]);
  if (!membership) throw new Response("Not found", { status: 404 });
  if (!membership.choices.includes("change_plan") && args.context.method !== "POST") {
    throw redirect(membershipPath(membershipId));
  }
  return { membershipId, membership, plans };
}

export async function action(args: ActionFunctionArgs) {
  const { membershipId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: PlanSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { offerId, agree, wordsSha256 } = submission.value;
  const plans = await listPlans(viewer.db, membershipId);
  // Stripe needs its price before the decision is written down. What is no plan is refused below.
  if (plans.some((plan) => plan.offer_id === offerId) && !(await preparePlan(viewer.db, offerId))) {
    return data(submission.reply({ formErrors: [STRIPE_IS_AWAY] }), { status: 503 });
  }
  const changed = await changePlan(viewer.db, {
    membershipId,
    offerId,
    wordsSha256: agree ? wordsSha256 : "",
  });
  if (!changed.ok && changed.error.code === "MBNFD") {
    throw new Response("Not found", { status: 404 });
  }
  if (!changed.ok) {
    return data(replyWithRefusal(submission, changed.error, { MBAGR: "agree", MBTRM: "agree" }), {
      status: changed.error.status,
    });
  }
  const isTold = await askStripe(viewer.db, membershipId);
  return redirectWithFlash(membershipPath(membershipId), {
    kind: "success",
    title: "Your plan is changed from the next renewal on.",
    description: isTold ? undefined : TOLD_LATER,
  });
}

const STRIPE_IS_AWAY =
  "Stripe does not answer right now, so nothing is changed. Try again in a minute.";

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function PlanRoute() {
  const { membershipId, membership, plans } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <PageHeader
        above={
          <a href={membershipPath(membershipId)} className="hover:underline">
            {membership?.title ?? "Your membership"}
          </a>
        }
        title="Change your membership"
        lead={
          membership ? (
            <>
              The change counts from{" "}
              <DateTime
                instant={membership.period_ends_at}
                timeZone={membership.time_zone}
                format="date"
              />{" "}
              on, when it renews. Until then you keep what you have paid for, and nothing is
              charged.
            </>
          ) : undefined
        }
      />
      {plans.length === 0 && membership ? (
        <EmptyState title="There is nothing to change to">
          {membership.coach_name} has no other membership on sale that is paid every{" "}
          {membership.billing_interval}.
        </EmptyState>
      ) : (
        <div className="space-y-8">
          {plans.map((plan) => (
            <PlanForm
              key={plan.offer_id}
              plan={plan}
              lastResult={
                lastResult?.initialValue?.["offerId"] === plan.offer_id || plans.length === 1
                  ? lastResult
                  : undefined
              }
            />
          ))}
        </div>
      )}
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
