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

/** A call as a statement, and what it is given. A visitor's unless another role is named. */
export type Call = {
  statement: string;
  parameters: (string | number | null)[];
  role?: "anon" | "postgres";
};

/** HARD_SEARCH as visitors ask it. */
export const SEARCH_CALL: Call = {
  statement: "select * from search_coaches(query => $1, state => $2, specialty => $3)",
  parameters: [HARD_SEARCH.query, HARD_SEARCH.state, HARD_SEARCH.specialty],
};

/** A month of the first coach, who has 10,000 sessions. */
export const SLOTS_CALL: Call = {
  statement:
    "select * from available_slots(md5('offer1')::uuid, now(), now() + interval '31 days')",
  parameters: [],
};

/** HARD_DEADLINE as visitors ask it. */
export const DEADLINE_CALL: Call = {
  statement: "select * from coaches_free_before(now() + make_interval(days => $1), $2, $3)",
  parameters: [HARD_DEADLINE.days, HARD_DEADLINE.specialty, HARD_DEADLINE.state],
};

/** What cron runs each minute. */
export const REMINDERS_CALL: Call = {
  statement: "select private.queue_due_notices()",
  parameters: [],
  role: "postgres",
};
