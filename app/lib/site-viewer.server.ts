import type { LoaderFunctionArgs } from "@remix-run/node";

import type { SiteViewer } from "~/components/navigation";
import { countUnread } from "~/features/messages/unread.server";
import { getViewer } from "~/lib/auth.server";
import { getPublicEnv } from "~/lib/env.server";

/**
 * What the frame of every page shows of the signed-in person.
 *
 * @param args of the root loader
 * @returns null for a visitor
 */
export async function getSiteViewer(args: LoaderFunctionArgs): Promise<SiteViewer | null> {
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return null;

  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = getPublicEnv();
  const unread = await countUnread(args.context, viewer.db);
  const { id, first_name, last_name, coach_id } = viewer.profile;
  return {
    name: `${first_name} ${last_name}`.trim() || "Your account",
    seed: id,
    isCoach: coach_id !== null,
    unreadCount: unread.messages,
    unreadNotices: unread.notices,
    mailStoppedBy: unread.mailStoppedBy,
    project: { url: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY },
  };
}
