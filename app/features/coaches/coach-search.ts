import { formatMoney } from "~/lib/format-money";
import { coachesPath, type CoachSearchQuery } from "~/lib/paths";

/** A thing one can search by: what the address says, and its name. */
export type SearchChoice = { value: string; label: string };

/** Everything the search form offers. */
export type SearchChoices = {
  states: SearchChoice[];
  specialties: (SearchChoice & { audience: string })[];
  languages: SearchChoice[];
};

export const SORTS = [
  { value: "rating", label: "Best rated" },
  { value: "soonest", label: "Soonest free" },
  { value: "price", label: "Lowest price" },
  { value: "newest", label: "Newest" },
] as const;

export type Sort = (typeof SORTS)[number]["value"];

/** What a reader is looking for; null where they don't mind. */
export type CoachSearch = {
  q: string | null;
  state: string | null;
  specialty: string | null;
  language: string | null;
  maxPriceCents: number | null;
  sort: Sort;
  /** From 1. */
  page: number;
};

/** Far more than anybody pages through; deeper ones cost the database and help nobody. */
const LAST_PAGE = 100;
const LONGEST_QUERY = 200;

/**
 * Reads a search from an address. People edit addresses, so what makes no sense is left out rather
 * than refused, except a price: it is typed into a field, where a word about it can stand.
 *
 * @param params the address's query
 * @returns the search, and what is wrong with the price if anything
 */
export function readCoachSearch(params: URLSearchParams): {
  search: CoachSearch;
  priceError: string | null;
} {
  const price = readPrice(params.get("max_price") ?? "");
  return {
    search: {
      q: readText(params.get("q")),
      state: readText(params.get("state")),
      specialty: readText(params.get("specialty")),
      language: readText(params.get("language")),
      maxPriceCents: price.cents,
      sort: SORTS.find((sort) => sort.value === params.get("sort"))?.value ?? "rating",
      page: readPage(params.get("page")),
    },
    priceError: price.error,
  };
}

/** The address of a search. */
export function coachSearchPath(search: CoachSearch): string {
  return coachesPath(toQuery(search));
}

/** A filter that is on, and the address without it. */
export type FilterChip = { name: string; label: string; href: string };

/**
 * The filters that are on, each with the address of the search without it.
 *
 * @param search what is looked for
 * @param choices the names of states, specialties and languages
 */
export function filterChips(search: CoachSearch, choices: SearchChoices): FilterChip[] {
  const chips: { name: keyof CoachSearch; label: string | null }[] = [
    { name: "q", label: search.q && `“${search.q}”` },
    { name: "specialty", label: nameOf(search.specialty, choices.specialties) },
    { name: "state", label: nameOf(search.state, choices.states) },
    { name: "language", label: nameOf(search.language, choices.languages) },
    {
      name: "maxPriceCents",
      label: search.maxPriceCents === null ? null : `Up to ${formatMoney(search.maxPriceCents)}`,
    },
  ];
  return chips.flatMap(({ name, label }) =>
    label ? [{ name, label, href: coachSearchPath({ ...search, [name]: null, page: 1 }) }] : [],
  );
}

/**
 * @param value a slug or code
 * @param choices where its name is
 * @returns the name; the value itself when it is not among them
 */
export function nameOf(value: string, choices: readonly SearchChoice[]): string;
export function nameOf(value: string | null, choices: readonly SearchChoice[]): string | null;
export function nameOf(value: string | null, choices: readonly SearchChoice[]): string | null {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}

function toQuery(search: CoachSearch): CoachSearchQuery {
  const { maxPriceCents, sort, ...rest } = search;
  return {
    ...rest,
    max_price: maxPriceCents === null ? null : maxPriceCents / 100,
    sort: sort === "rating" ? null : sort,
  };
}

function readText(raw: string | null): string | null {
  const text = (raw ?? "").replace(/\p{Cc}+/gu, " ").trim();
  return text.slice(0, LONGEST_QUERY) || null;
}

function readPrice(raw: string): { cents: number | null; error: string | null } {
  const text = raw.trim().replace(/^\$\s*/, "");
  if (text === "") return { cents: null, error: null };
  return /^\d{1,5}$/.test(text)
    ? { cents: Number(text) * 100, error: null }
    : { cents: null, error: "Enter whole dollars, such as 150." };
}

function readPage(raw: string | null): number {
  const page = Number(raw);
  return Number.isInteger(page) && page >= 1 ? Math.min(page, LAST_PAGE) : 1;
}
