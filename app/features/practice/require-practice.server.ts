import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

import { requireOnboarded, type Viewer } from "~/lib/auth.server";
import { becomeACoachPath } from "~/lib/paths";
import { readTimeZone } from "~/lib/time-zone.server";

/** A coach at their desk; `coachId` is null only for somebody who was signed out while typing. */
export type AtTheDesk = { viewer: Viewer; coachId: string | null; timeZone: string };

/**
 * For loaders of a coach's own pages. Somebody without a practice is shown how to start one.
 *
 * @param args of the loader
 * @returns who, their practice, and the zone they read times in
 * @throws Response a redirect
 */
export async function requirePractice(args: LoaderFunctionArgs): Promise<AtTheDesk> {
  const viewer = await requireOnboarded(args);
  const coachId = viewer.profile?.coach_id ?? null;
  if (viewer.signedIn && !coachId && args.context.method !== "POST") {
    throw redirect(becomeACoachPath());
  }
  return { viewer, coachId, timeZone: readTimeZone(args.request, viewer).timeZone };
}
