import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { Button } from "~/components/ui/button";
import { readDeadline } from "~/features/availability/deadline.server";
import { DeadlineForm } from "~/features/availability/deadline-form";
import { findHelpers } from "~/features/availability/helpers.server";
import { HelperCard } from "~/features/availability/helper-card";
import { getSearchChoices } from "~/features/coaches/choices.server";
import { getViewer } from "~/lib/auth.server";
import { visitorCaching } from "~/lib/caching.server";
import { formatDateTime } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { coachesPath, freeBeforePath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";
import { readTimeZone } from "~/lib/time-zone.server";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [
  { title: pageTitle("Free before a deadline") },
  {
    name: "description",
    content:
      "A listing appointment on Thursday at 4 PM? See which real estate coaches have a free session before it, soonest first.",
  },
];

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const viewer = await getViewer(args);
  const zone = readTimeZone(args.request, viewer);
  const { search, deadline, errors } = readDeadline(params, zone.timeZone, new Date());

  const [choices, found] = await Promise.all([
    getSearchChoices(viewer.db),
    deadline ? findHelpers(viewer.db, { ...search, deadline }) : null,
  ]);
  return data(
    { search, deadline: deadline?.toISOString() ?? null, errors, choices, found },
    {
      status: Object.keys(errors).length > 0 ? 400 : 200,
      headers: visitorCaching(args.request, viewer),
    },
  );
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function FreeBeforeRoute() {
  const { search, deadline, errors, choices, found } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader
        above={
          <a href={coachesPath()} className="hover:underline">
            Find a coach
          </a>
        }
        title="Free before a deadline"
        lead="Name the moment: your listing appointment, your first call with a lender. You see who can help before it, soonest first."
      />
      <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[17rem_1fr]">
        <DeadlineForm search={search} errors={errors} choices={choices} />
        {found && deadline ? (
          <section aria-labelledby="helpers" className="space-y-5">
            <h2 id="helpers" className="text-display-sm" suppressHydrationWarning>
              Before {formatDateTime(deadline, search.timeZone)}
            </h2>
            {found.helpers.length === 0 ? (
              <EmptyState
                title="Nobody has a free session before then"
                action={
                  <Button asChild>
                    <a href={coachesPath({ sort: "soonest" })}>See who is free soonest</a>
                  </Button>
                }
              >
                Try a later moment, or leave out the specialty or the state.
              </EmptyState>
            ) : (
              <div className="grid gap-4">
                {found.helpers.map((helper) => (
                  <HelperCard key={helper.coach_id} helper={helper} timeZone={search.timeZone} />
                ))}
              </div>
            )}
            <Pagination
              page={search.page}
              hasNext={found.hasNext}
              toPage={(page) =>
                freeBeforePath({
                  date: search.date,
                  time: search.time,
                  time_zone: search.timeZone,
                  specialty: search.specialty,
                  state: search.state,
                  page,
                })
              }
            />
          </section>
        ) : null}
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
