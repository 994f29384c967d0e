import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { Button } from "~/components/ui/button";
import { BalanceList } from "~/features/payouts/balance-list";
import { EarningsTable } from "~/features/payouts/earnings-table";
import { findBalance, listEarnings } from "~/features/payouts/earnings.server";
import { requirePractice } from "~/features/practice/require-practice.server";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import {
  coachEarningsFilePath,
  coachEarningsPath,
  coachPayoutsPath,
  signInPath,
} from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("Your earnings") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(coachEarningsPath())); // no form here, so nothing is lost
  const page = readPage(args.request);
  const [{ earnings, hasNext }, balance] = await Promise.all([
    listEarnings(viewer.db, page),
    findBalance(viewer.db),
  ]);
  return { earnings, hasNext, balance, page, timeZone };
}

export default function EarningsRoute() {
  const { earnings, hasNext, balance, page, timeZone } = useLoaderData<typeof loader>();

  return (
    <Page>
      <PageHeader
        title="Your earnings"
        lead="Clients pay when they book. Once a session was held and the time to object is over, your share is yours and goes to your account at Stripe. Our fee is taken from what stays after refunds; of what a client gets back we keep nothing."
        actions={
          <>
            {earnings.length > 0 ? (
              <Button asChild variant="outline">
                <a href={coachEarningsFilePath()} download>
                  Download CSV
                </a>
              </Button>
            ) : null}
            <Button asChild variant="outline">
              <a href={coachPayoutsPath()}>Payouts</a>
            </Button>
          </>
        }
      />
      {earnings.length === 0 ? (
        <EmptyState title={page === 1 ? "Nothing earned yet" : "That was everything"}>
          Each paid session appears here with what the client paid, what went back, our fee and your
          share.
        </EmptyState>
      ) : (
        <div className="space-y-10">
          <BalanceList balance={balance} />
          <EarningsTable earnings={earnings} timeZone={timeZone} />
        </div>
      )}
      <Pagination page={page} hasNext={hasNext} toPage={coachEarningsPath} />
    </Page>
  );
}
