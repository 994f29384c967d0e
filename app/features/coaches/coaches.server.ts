import type { Database } from "~/lib/database.types";
import { POLICY_COLUMNS } from "~/features/orders/policy-words";
import type { Db } from "~/lib/db.server";
import { toValue } from "~/lib/domain-error";
import type { WithNulls } from "~/lib/row";

import type { CoachSearch } from "./coach-search";

type FoundRow = Database["public"]["Functions"]["search_coaches"]["Returns"][number];

/** A coach as search finds them. No offer, no price; no review, no rating; nothing free, no next time. */
export type FoundCoach = WithNulls<
  FoundRow,
  "from_price_cents" | "rating_average" | "next_available_at"
>;

/** How many coaches a page of the search has; one row more says that there is a next page. */
const PAGE_SIZE = 24;

/**
 * One page of coaches who can be booked.
 *
 * @param db anyone's
 * @param search what to look for; prices in cents
 * @returns the coaches, best first by the chosen order, and whether there are more
 */
export async function searchCoaches(
  db: Db,
  search: CoachSearch,
): Promise<{ coaches: FoundCoach[]; hasNext: boolean }> {
  const rows = toValue(
    await db.rpc("search_coaches", {
      query: search.q ?? undefined,
      state: search.state ?? undefined,
      specialty: search.specialty ?? undefined,
      language: search.language ?? undefined,
      max_price_cents: search.maxPriceCents ?? undefined,
      sort: search.sort,
      page_number: search.page,
    }),
  );
  return { coaches: rows.slice(0, PAGE_SIZE), hasNext: rows.length > PAGE_SIZE };
}

/**
 * The coaches with the best ratings, for the home page.
 *
 * @param db anyone's
 * @param count how many
 */
export async function topCoaches(db: Db, count: number): Promise<FoundCoach[]> {
  return toValue(await db.rpc("search_coaches", {}).limit(count));
}

/**
 * A coach's public page.
 *
 * @param db anyone's
 * @param slug the coach's name in addresses
 * @returns the practice, what it sells, and its policy; null when there is no
 *   such coach or they can't be booked: the two look the same
 */
export async function findCoach(db: Db, slug: string) {
  const coach = toValue(
    await db
      .from("coaches")
      .select(
        `id, slug, display_name, headline, bio, states, specialties, languages, years_in_business,
         time_zone,
         listing:coach_listings!inner(from_price_cents, rating_average, review_count, sessions_held,
           answers_in_minutes),
         policy:cancellation_policies!inner(${POLICY_COLUMNS}),
         offers!offers_coach_id_fkey(id, kind, title, description, duration_minutes, price_cents, is_instant, seats,
           session_count, valid_months)`,
      )
      .eq("slug", slug)
      // A coach sees their own practice whatever its status; its public page is for approved ones.
      .eq("status", "approved")
      .is("offers.archived_at", null)
      // Shown apart: they have no free times.
      .neq("offers.kind", "membership")
      .order("price_cents", { referencedTable: "offers" })
      .maybeSingle(),
  );
  return coach;
}

export type Coach = NonNullable<Awaited<ReturnType<typeof findCoach>>>;
