import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { DateTime } from "~/components/date-time";
import { Page, PageHeader, Section } from "~/components/page";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { PortalForm } from "~/features/billing/portal-form";
import { MembershipActions } from "~/features/memberships/membership-actions";
import { MembershipState } from "~/features/memberships/membership-state";
import { givesWords, priceWords, statusWords } from "~/features/memberships/membership-words";
import { findBegun, findMembership } from "~/features/memberships/memberships.server";
import { ConfirmingPayment, LOOKS } from "~/features/orders/confirming-payment";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import {
  billingPath,
  coachPath,
  membershipBegunPath,
  membershipPath,
  packageBookPath,
} from "~/lib/paths";

const ParamsSchema = z.object({ membershipId: z.uuid() });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page?.membership?.title ?? "Your membership") },
];

export async function loader(args: LoaderFunctionArgs) {
  const { membershipId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);
  const { searchParams } = new URL(args.request.url);
  const hasJustPaid = searchParams.get("checkout") === "done";
  const look = Number(searchParams.get("look")) || 0;

  const membership = await findMembership(db, membershipId);
  if (membership && hasJustPaid) {
    throw await redirectWithFlash(membershipPath(membershipId), {
      kind: "success",
      title: "You’re a member.",
      description: `Your sessions with ${membership.coach_name} are there to be booked.`,
    });
  }
  if (membership) return { membershipId, membership, look };

  const begun = await findBegun(db, membershipId);
  if (!begun || !hasJustPaid || look >= LOOKS) throw new Response("Not found", { status: 404 });
  return { membershipId, membership: null, look };
}

export default function MembershipRoute() {
  const { membershipId, membership, look } = useLoaderData<typeof loader>();
  if (!membership) {
    return (
      <ConfirmingPayment
        look={look}
        againPath={membershipBegunPath(membershipId, look + 1)}
        what="membership"
        meanwhile="your membership appears under Billing as soon as it is settled"
        elsewhere={{ path: billingPath(), label: "Billing" }}
      />
    );
  }
  const { time_zone: timeZone } = membership;

  return (
    <Page width="narrow">
      <PageHeader
        above={
          <a href={billingPath()} className="hover:underline">
            Billing
          </a>
        }
        title={membership.title}
        lead={
          <>
            with{" "}
            <a href={coachPath(membership.coach_slug)} className="text-link">
              {membership.coach_name}
            </a>
          </>
        }
        actions={<Badge variant="outline">{statusWords(membership)}</Badge>}
      />
      <MembershipState membership={membership} />
      {membership.choices.length > 0 ? (
        <div className="mt-6">
          <MembershipActions membership={membership} />
        </div>
      ) : null}
      <Section title="What it gives" className="mt-12">
        <p>
          {givesWords(membership)}, for {priceWords(membership)}.
        </p>
        {membership.current_title === membership.title ? null : (
          <p className="mt-2">
            Until the next renewal it is “{membership.current_title}”, which you have paid for.
          </p>
        )}
        {membership.status === "ended" ? null : (
          <p className="mt-2">
            {membership.sessions_left === 1
              ? "1 session is left"
              : `${membership.sessions_left} sessions are left`}
            , to be booked and held until{" "}
            <DateTime instant={membership.period_ends_at} timeZone={timeZone} format="date" />. What
            you do not use by then is gone with its period, and not paid back.
          </p>
        )}
        {membership.sessions_left > 0 && membership.order_id ? (
          <Button asChild className="mt-5">
            <a href={packageBookPath(membership.order_id)}>Book a session</a>
          </Button>
        ) : null}
      </Section>
      <Section title="Your card" className="mt-12">
        <p className="mb-4 text-muted-foreground">
          Stripe keeps it for us. We never see its number.
        </p>
        <PortalForm label="Change your card" />
      </Section>
      {membership.agreed_at ? (
        <Section title="What you agreed to" className="mt-12">
          <blockquote className="max-w-prose border-l-4 pl-4 leading-relaxed">
            {membership.agreed_words}
          </blockquote>
          <p className="mt-3 text-[0.9375rem] text-muted-foreground">
            On <DateTime instant={membership.agreed_at} timeZone={timeZone} />.
          </p>
        </Section>
      ) : null}
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
