import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { getSearchChoices } from "~/features/coaches/choices.server";
import { topCoaches } from "~/features/coaches/coaches.server";
import { FeaturedCoaches } from "~/features/home/featured-coaches";
import { ForCoaches } from "~/features/home/for-coaches";
import { Hero } from "~/features/home/hero";
import { HowItGoes } from "~/features/home/how-it-goes";
import { Situations } from "~/features/home/situations";
import { getViewer } from "~/lib/auth.server";
import { visitorCaching } from "~/lib/caching.server";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

const COACHES_SHOWN = 6;

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await getViewer(args);
  const [coaches, choices] = await Promise.all([
    topCoaches(viewer.db, COACHES_SHOWN),
    getSearchChoices(viewer.db),
  ]);
  return data({ coaches, choices }, { headers: visitorCaching(args.request, viewer) });
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function HomeRoute() {
  const { coaches, choices } = useLoaderData<typeof loader>();
  return (
    <main id="main" tabIndex={-1} className="outline-none">
      <Hero />
      <Situations />
      <HowItGoes />
      <FeaturedCoaches coaches={coaches} choices={choices} />
      <ForCoaches />
    </main>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
