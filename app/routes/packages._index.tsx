import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { RowList } from "~/components/row-list";
import { Button } from "~/components/ui/button";
import { SessionTabs } from "~/features/bookings/session-tabs";
import { PackageRow } from "~/features/packages/package-row";
import { listPackages } from "~/features/packages/packages.server";
import { requireSignedIn } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { coachesPath } from "~/lib/paths";

export const meta: MetaFunction = () => [{ title: pageTitle("My packages") }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, profile } = await requireSignedIn(args);
  return { packages: await listPackages(db), timeZone: profile.time_zone };
}

export default function PackagesRoute() {
  const { packages, timeZone } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader
        title="My sessions"
        actions={
          <Button asChild variant="outline">
            <a href={coachesPath()}>Book another</a>
          </Button>
        }
      />
      <SessionTabs current="packages" />
      <div className="mt-8">
        {packages.length === 0 ? (
          <EmptyState
            title="No packages"
            action={
              <Button asChild>
                <a href={coachesPath()}>Find a coach</a>
              </Button>
            }
          >
            <p>
              Some coaches sell several sessions together, for less than each by itself. What you
              have left of them is listed here.
            </p>
          </EmptyState>
        ) : (
          <RowList>
            {packages.map((one) => (
              <PackageRow key={one.order_id} own={one} timeZone={timeZone} />
            ))}
          </RowList>
        )}
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
