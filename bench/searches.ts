/** A search as search_coaches takes it. */
export type Search = {
  query?: string;
  state?: string;
  specialty?: string;
  maxPriceCents?: number;
  sort?: "price";
};

/** What visitors ask for. Each must fill a page however few coaches there are: measure-sql.ts looks. */
export const SEARCHES: Search[] = [
  {},
  { query: "listing" },
  { state: "TX" },
  { specialty: "negotiation" },
  { query: "seller", specialty: "buyer-consultations" },
  { specialty: "prospecting", maxPriceCents: 10_000, sort: "price" },
];

/** Keyword, two facets, best first: the one that row level security would make slow. */
export const HARD_SEARCH = { query: "listing seller", state: "CA", specialty: "prospecting" };

/** The page that shows a search. */
export function searchPath(search: Search): string {
  const params = new URLSearchParams();
  if (search.query) params.set("q", search.query);
  if (search.state) params.set("state", search.state);
  if (search.specialty) params.set("specialty", search.specialty);
  if (search.maxPriceCents) params.set("max_price", String(search.maxPriceCents / 100));
  if (search.sort) params.set("sort", search.sort);
  return `/coaches?${params.toString()}`;
}

/** What search_coaches runs for HARD_SEARCH, written out: $1 keyword, $2 state, $3 specialty. */
export const HARD_SEARCH_SQL = `
  select found.coach_id, coaches.slug, coaches.display_name, coaches.headline, found.states,
    found.specialties, found.languages, found.from_price_cents, found.rating_average,
    found.review_count, found.sessions_held, private.next_available_at(found.coach_id) as next_available_at
  from (
    select listing.*, row_number() over (order by listing.rating_score desc, listing.coach_id) as position
    from public.coach_listings as listing
    where listing.document @@ websearch_to_tsquery('english', $1)
      and listing.states @> array[$2]
      and listing.specialties @> array[$3]
    order by listing.rating_score desc, listing.coach_id
    limit 25
  ) as found
  join public.coaches on coaches.id = found.coach_id
  order by found.position
`;

/** "Before Friday, this and there": few match, and most coaches are free in time. */
export const HARD_DEADLINE = { days: 5, specialty: "prospecting", state: "CA" };

/** How coaches_free_before finds whom to look at: $1 deadline, $2 specialty, $3 state. */
export const DEADLINE_SQL = `
  select next_times.coach_id
  from private.next_times
  join public.coach_listings as listing on listing.coach_id = next_times.coach_id
  where next_times.next_at < $1::timestamptz and next_times.next_ends_at <= $1::timestamptz
    and listing.specialties @> array[$2] and listing.states @> array[$3]
  order by next_times.next_at, next_times.coach_id
  limit 13
`;

/** How booked_times reads a coach's sessions of a month: $1 coach. */
export const BOOKED_SQL = `
  select range_agg(tstzrange(bookings.starts_at, bookings.ends_at))
  from public.bookings
  where bookings.coach_id = $1
    and bookings.during && tstzrange(now(), now() + interval '31 days')
    and bookings.status in ('held', 'requested', 'confirmed')
    and not (bookings.status = 'held' and bookings.hold_expires_at <= now())
`;
