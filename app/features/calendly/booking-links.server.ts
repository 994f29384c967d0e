import { findOwnEmail } from "~/features/profiles/profiles.server";
import type { Viewer } from "~/lib/auth.server";
import { toValue } from "~/lib/domain-error";
import { getEnv } from "~/lib/env.server";

/** Where offers of a coach can be booked at Calendly, by the offer's id, and what shows it in a page. */
export type BookingLinks = { urls: Record<string, string>; widgetUrl: string; origin: string };

/**
 * The links of a coach's page to their Calendly. Whoever is signed in need not type their address
 * there, by which the session becomes theirs; that it came from us is only a hint to us.
 *
 * @param viewer who reads
 * @param coachId the coach
 * @returns null for a coach whose page does not lead there
 */
export async function findBookingLinks(
  viewer: Viewer,
  coachId: string,
): Promise<BookingLinks | null> {
  const { CALENDLY_ORIGIN, CALENDLY_WIDGET_URL } = getEnv();
  const origin = new URL(CALENDLY_ORIGIN).origin;
  const rows = toValue(await viewer.db.rpc("calendly_links", { coach_id: coachId }));
  // The page is opened for Calendly, and for nobody else whom an event type may name.
  const links = rows.filter(({ scheduling_url }) => new URL(scheduling_url).origin === origin);
  if (links.length === 0) return null;

  const reader = await prefill(viewer);
  const urls = links.map(({ offer_id, lineage_id, scheduling_url }) => {
    const url = new URL(scheduling_url);
    const query = { utm_source: "walkthrough", utm_campaign: lineage_id, ...reader };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return [offer_id, url.href] as const;
  });
  return { urls: Object.fromEntries(urls), widgetUrl: CALENDLY_WIDGET_URL, origin };
}

async function prefill(viewer: Viewer): Promise<Record<string, string>> {
  if (!viewer.signedIn) return {};
  const name = `${viewer.profile.first_name} ${viewer.profile.last_name}`.trim();
  const email = await findOwnEmail(viewer.db);
  return { ...(name && { name }), ...(email && { email }) };
}
