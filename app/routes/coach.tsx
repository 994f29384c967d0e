import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData } from "@remix-run/react";

import { findProgress } from "~/features/coaches/practice.server";
import { DeskNavigation } from "~/features/practice/desk-navigation";
import { StatusNote } from "~/features/practice/status-note";
import { requireOnboarded } from "~/lib/auth.server";

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireOnboarded(args);
  return { progress: viewer.profile?.coach_id ? await findProgress(viewer.db) : null };
}

/** The frame of a coach's desk. Who starts a practice sees its first form without it. */
export default function CoachDeskRoute() {
  const { progress } = useLoaderData<typeof loader>();
  return (
    <>
      {progress ? <DeskNavigation /> : null}
      {progress ? <StatusNote progress={progress} /> : null}
      <Outlet />
    </>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
