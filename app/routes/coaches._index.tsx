import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { Page, PageHeader } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { CoachCard } from "~/features/coaches/coach-card";
import { coachSearchPath, filterChips, readCoachSearch } from "~/features/coaches/coach-search";
import { getSearchChoices } from "~/features/coaches/choices.server";
import { searchCoaches } from "~/features/coaches/coaches.server";
import { FilterChips } from "~/features/coaches/filter-chips";
import { NoCoaches } from "~/features/coaches/no-coaches";
import { SearchForm } from "~/features/coaches/search-form";
import { searchTitle } from "~/features/coaches/search-title";
import { getViewer } from "~/lib/auth.server";
import { visitorCaching } from "~/lib/caching.server";
import { pageTitle } from "~/lib/page-title";
import { freeBeforePath } from "~/lib/paths";
import type { RouteHandle } from "~/lib/route-handle";
import { readTimeZone } from "~/lib/time-zone.server";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page?.title ?? "Find a coach") },
  {
    name: "description",
    content:
      "Coaches for real estate agents and loan officers. Compare specialties, states, prices and reviews, and book a time in your own zone.",
  },
];

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const { search, priceError } = readCoachSearch(params);

  const viewer = await getViewer(args);
  const { timeZone } = readTimeZone(args.request, viewer);
  const [{ coaches, hasNext }, choices] = await Promise.all([
    searchCoaches(viewer.db, search),
    getSearchChoices(viewer.db),
  ]);

  return data(
    {
      search,
      price: { typed: params.get("max_price") ?? "", error: priceError },
      coaches,
      hasNext,
      choices,
      timeZone,
      title: searchTitle(search, choices),
    },
    { status: priceError ? 400 : 200, headers: visitorCaching(args.request, viewer) },
  );
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function CoachesRoute() {
  const { search, price, coaches, hasNext, choices, timeZone, title } =
    useLoaderData<typeof loader>();
  const chips = filterChips(search, choices);

  return (
    <Page>
      <PageHeader
        title={title}
        lead={
          <>
            An appointment coming up?{" "}
            <a href={freeBeforePath()} className="text-link">
              See who is free before it
            </a>
          </>
        }
      />
      <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[17rem_1fr]">
        <SearchForm
          search={search}
          choices={choices}
          price={price}
          filterCount={chips.filter((chip) => chip.name !== "q").length}
        />
        <section aria-label="Coaches" className="space-y-5">
          <FilterChips chips={chips} />
          {coaches.length === 0 ? (
            <NoCoaches chips={chips} page={search.page} />
          ) : (
            <div className="grid gap-4 xl:grid-cols-2">
              {coaches.map((coach) => (
                <CoachCard
                  key={coach.coach_id}
                  coach={coach}
                  choices={choices}
                  timeZone={timeZone}
                />
              ))}
            </div>
          )}
          <Pagination
            page={search.page}
            hasNext={hasNext}
            toPage={(page) => coachSearchPath({ ...search, page })}
          />
        </section>
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
