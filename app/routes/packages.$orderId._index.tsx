import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { DateTime } from "~/components/date-time";
import { Page, PageHeader, Section } from "~/components/page";
import { Timeline, TimelineItem } from "~/components/timeline";
import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { Button } from "~/components/ui/button";
import { findPlan, listPlanParts } from "~/features/instalments/instalments.server";
import { PlanSection } from "~/features/instalments/plan-section";
import { refusedWords } from "~/features/orders/refund-words";
import { entryWords } from "~/features/packages/entry-words";
import { leftWords } from "~/features/packages/package-words";
import {
  findPackage,
  listCreditEntries,
  type OwnPackage,
} from "~/features/packages/packages.server";
import { requireSignedIn } from "~/lib/auth.server";
import { formatMoney } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import {
  bookingPath,
  coachPath,
  membershipPath,
  orderCheckoutPath,
  ownPackagePath,
  packageBookPath,
  packagesPath,
} from "~/lib/paths";

const ParamsSchema = z.object({ orderId: z.uuid() });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? page.own.offer_title : "Not found") },
];

export async function loader(args: LoaderFunctionArgs) {
  const { orderId } = parseParams(args.params, ParamsSchema);
  const { db, profile } = await requireSignedIn(args);
  const [own, entries, plan, parts] = await Promise.all([
    findPackage(db, orderId),
    listCreditEntries(db, orderId),
    findPlan(db, orderId),
    listPlanParts(db, orderId),
  ]);
  if (!own) throw new Response("Not found", { status: 404 });
  if (own.membership_id) throw redirect(membershipPath(own.membership_id));
  if (own.package_id !== orderId) throw redirect(ownPackagePath(own.package_id)); // a part of it
  if (own.status === "pending" || own.status === "expired") {
    throw redirect(orderCheckoutPath(orderId));
  }
  return { orderId, own: withoutStripe(own), entries, plan, parts, timeZone: profile.time_zone };
}

/** What the checkout alone needs does not go to the browser. */
function withoutStripe(own: OwnPackage) {
  const { email, stripe_customer_id, checkout_url, ...shown } = own;
  void [email, stripe_customer_id, checkout_url];
  return shown;
}

export default function OwnPackageRoute() {
  const { orderId, own, entries, plan, parts, timeZone } = useLoaderData<typeof loader>();
  const { credits_left: left } = own;
  return (
    <Page>
      <PageHeader
        above={
          <a href={packagesPath()} className="hover:underline">
            My packages
          </a>
        }
        title={own.offer_title}
        lead={
          <>
            with{" "}
            <a href={coachPath(own.coach_slug)} className="text-link">
              {own.coach_name}
            </a>
          </>
        }
        actions={
          left > 0 && own.is_coach_open ? (
            <Button asChild size="lg">
              <a href={packageBookPath(orderId)}>Book a session</a>
            </Button>
          ) : null
        }
      />
      <Alert variant={left > 0 ? "success" : "default"} className="px-5 py-4">
        <AlertTitle className="text-base">{leftWords(own, "your")}</AlertTitle>
        <AlertDescription className="space-y-1">
          {left > 0 && own.credits_end_at ? (
            <p>
              Use them until <DateTime instant={own.credits_end_at} timeZone={timeZone} />. What is
              left then is paid back to your card.
            </p>
          ) : null}
          {own.credits_end_reason ? <p>“{own.credits_end_reason}”</p> : null}
          {own.ended_cents > 0 ? (
            <p>
              {formatMoney(own.ended_cents, { alwaysCents: true })} went back to your card for what
              was left.
            </p>
          ) : null}
          {own.refused_cents > 0 ? (
            <p>{refusedWords(formatMoney(own.refused_cents, { alwaysCents: true }))}</p>
          ) : null}
          {left > 0 && !own.is_coach_open ? (
            <p>{own.coach_name} takes no bookings at the moment. What you have left stays yours.</p>
          ) : null}
        </AlertDescription>
      </Alert>
      {plan ? (
        <PlanSection orderId={orderId} plan={plan} parts={parts} timeZone={timeZone} />
      ) : null}
      <Section title="What became of it">
        <Timeline>
          {entries.map((entry, index) => (
            <TimelineItem
              key={`${index} ${entry.kind}`}
              title={entryWords(entry)}
              at={<DateTime instant={entry.created_at} timeZone={timeZone} />}
              current={index === entries.length - 1}
            >
              {entry.booking_id && entry.starts_at ? (
                <p>
                  <a href={bookingPath(entry.booking_id)} className="text-link">
                    <DateTime instant={entry.starts_at} timeZone={timeZone} />
                  </a>
                </p>
              ) : null}
            </TimelineItem>
          ))}
        </Timeline>
      </Section>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
