import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { CoachPitch } from "~/features/practice/coach-pitch";
import { PitchDetails } from "~/features/practice/pitch-details";
import { getViewer, type Viewer } from "~/lib/auth.server";
import { visitorCaching } from "~/lib/caching.server";
import { pageTitle } from "~/lib/page-title";
import { coachDeskPath, coachProfilePath, signUpPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [
  { title: pageTitle("Become a coach") },
  {
    name: "description",
    content:
      "Coach agents and loan officers one to one: your price, your hours, paid up front. We bring the page, the calendar, the meeting and the payment.",
  },
];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await getViewer(args);
  const terms = await getPlatformTerms(viewer.db);
  return data({ terms, start: startOf(viewer) }, { headers: visitorCaching(args.request, viewer) });
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

/** The first step depends on how far somebody is. */
function startOf(viewer: Viewer): { path: string; label: string } {
  if (!viewer.signedIn) {
    return { path: signUpPath(coachProfilePath()), label: "Create an account to start" };
  }
  return viewer.profile.coach_id
    ? { path: coachDeskPath(), label: "Go to your coach desk" }
    : { path: coachProfilePath(), label: "Start your practice" };
}

export default function BecomeACoachRoute() {
  const { terms, start } = useLoaderData<typeof loader>();
  return (
    <main id="main" tabIndex={-1} className="outline-none">
      <CoachPitch feeBasisPoints={terms.fee_basis_points} start={start} />
      <PitchDetails terms={terms} start={start} />
    </main>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
