import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { Money } from "~/components/money";
import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { Stat, StatList } from "~/components/stat";
import { Button } from "~/components/ui/button";
import { totalEarnings } from "~/features/orders/earnings";
import { EarningsTable } from "~/features/orders/earnings-table";
import { listEarnings } from "~/features/orders/earnings.server";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import { coachEarningsPath, coachPayoutsPath, signInPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Your earnings") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachEarningsPath())); // no form here, so nothing is lost
  const page = readPage(args.request);
  return { ...(await listEarnings(viewer.db, page)), page, timeZone };
}

export default function EarningsRoute() {
  const { earnings, hasNext, page, timeZone } = useLoaderData<typeof loader>();
  const totals = totalEarnings(earnings);
  const isAll = page === 1 && !hasNext;

  return (
    <Page>
      <PageHeader
        title="Your earnings"
        lead="Clients pay when they book. Our fee is taken from what stays after refunds; of what a client gets back we keep nothing."
        actions={
          <Button asChild variant="outline">
            <a href={coachPayoutsPath()}>Payouts</a>
          </Button>
        }
      />
      {earnings.length === 0 ? (
        <EmptyState title={page === 1 ? "Nothing earned yet" : "That was everything"}>
          Each paid session appears here with what the client paid, what went back, our fee and your
          share.
        </EmptyState>
      ) : (
        <div className="space-y-10">
          <StatList>
            <Stat
              label={`Available${isAll ? "" : " on this page"}`}
              value={<Money cents={totals.available} alwaysCents />}
              note="Held, and the time to object is over"
            />
            <Stat
              label={`Pending${isAll ? "" : " on this page"}`}
              value={<Money cents={totals.pending} alwaysCents />}
              note="Not held yet, or held a moment ago"
            />
          </StatList>
          <EarningsTable
            earnings={earnings}
            totals={totals}
            totalLabel={isAll ? "All sessions" : "Sessions on this page"}
            timeZone={timeZone}
          />
        </div>
      )}
      <Pagination page={page} hasNext={hasNext} toPage={coachEarningsPath} />
    </Page>
  );
}
