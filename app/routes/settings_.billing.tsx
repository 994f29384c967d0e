import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader, Section } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { Row, RowList } from "~/components/row-list";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { findStripeCustomer, listPayments } from "~/features/billing/billing.server";
import { PaymentRow } from "~/features/billing/payment-row";
import { PortalForm } from "~/features/billing/portal-form";
import { priceWords, statusWords } from "~/features/memberships/membership-words";
import { listMemberships, type Membership } from "~/features/memberships/memberships.server";
import { requireSignedIn } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import { billingPath, coachesPath, membershipPath, settingsPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Billing") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireSignedIn(args);
  const page = readPage(args.request);
  const [payments, memberships, customer] = await Promise.all([
    listPayments(db, page),
    listMemberships(db),
    findStripeCustomer(db),
  ]);
  return {
    page,
    payments,
    memberships,
    hasCard: customer !== null,
    timeZone: profile.time_zone,
  };
}

export default function BillingRoute() {
  const { page, payments, memberships, hasCard, timeZone } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow">
      <PageHeader
        above={
          <a href={settingsPath()} className="hover:underline">
            Settings
          </a>
        }
        title="Billing"
        lead="What you paid, what came back, and what is paid by itself."
      />
      {memberships.length > 0 && page === 1 ? (
        <Section title="Memberships">
          <RowList>
            {memberships.map((membership) => (
              <MembershipRow key={membership.id} membership={membership} />
            ))}
          </RowList>
        </Section>
      ) : null}
      <Section title="Payments">
        {payments.rows.length > 0 ? (
          <RowList>
            {payments.rows.map((payment) => (
              <PaymentRow key={payment.payment_id} payment={payment} timeZone={timeZone} />
            ))}
          </RowList>
        ) : page > 1 ? (
          <p>
            There is nothing on this page.{" "}
            <a href={billingPath()} className="text-link">
              To the newest payments
            </a>
          </p>
        ) : (
          <EmptyState
            title="You have not paid for anything yet"
            action={
              <Button asChild>
                <a href={coachesPath()}>Find a coach</a>
              </Button>
            }
          >
            Each payment appears here with its receipt and its invoice, and so does every cent that
            comes back.
          </EmptyState>
        )}
        <Pagination page={page} hasNext={payments.hasNext} toPage={billingPath} />
      </Section>
      {hasCard ? (
        <Section title="Your card">
          <p className="mb-4 text-muted-foreground">
            Stripe keeps it for us. We never see its number.
          </p>
          <PortalForm label="See or change your card" />
        </Section>
      ) : null}
    </Page>
  );
}

function MembershipRow({ membership }: { membership: Membership }) {
  const { status, is_ending: isEnding, time_zone: timeZone } = membership;
  const day = (
    <DateTime instant={membership.period_ends_at} timeZone={timeZone} format="medium-date" />
  );
  return (
    <Row
      title={
        <a href={membershipPath(membership.id)} className="text-link">
          {membership.title}
        </a>
      }
      trail={<Badge variant="outline">{statusWords(membership)}</Badge>}
    >
      <p>
        with {membership.coach_name}, {priceWords(membership)}
      </p>
      {status === "ended" ? null : isEnding ? (
        <p>Works until {day}. Nothing more is charged.</p>
      ) : membership.is_halted ? (
        <p>Nothing is charged while {membership.coach_name} takes no sessions.</p>
      ) : status === "paused" ? (
        <p>Nothing is charged until you resume it.</p>
      ) : (
        <p>Renews on {day}.</p>
      )}
    </Row>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
