import { isDeepStrictEqual } from "node:util";

import postgres from "postgres";

import { takeTurns, type Times } from "./measure.ts";
import { HARD_SEARCH, HARD_SEARCH_SQL, SEARCHES } from "./searches.ts";

const ROUNDS = 300;
/** A short disturbance spoils one batch, not the figure. */
const BATCHES = 7;

const OWNER_STATEMENT = [HARD_SEARCH_SQL, Object.values(HARD_SEARCH)] as const;
const VISITOR_STATEMENT = [
  "select * from search_coaches(query => $1, state => $2, specialty => $3)",
  Object.values(HARD_SEARCH),
] as const;

/** A page and the one row that says there is another. */
const FULL_PAGE = 25;

/** The same search, through the API's function as a visitor and as a plain statement of the owner. */
export type Rights = {
  /** Of the batch in the middle. */
  visitor: Times;
  owner: Times;
  /** The visitor's time by the owner's, of every batch. */
  ratios: number[];
};

/**
 * Times a search with a visitor's rights against the same statement without row level security.
 * @throws if the two do not find the same coaches
 */
export async function measureRights(databaseUrl: string): Promise<Rights> {
  return withConnections(databaseUrl, async ({ visitor, owner }) => {
    const searchAsVisitor = () => visitor.unsafe(VISITOR_STATEMENT[0], [...VISITOR_STATEMENT[1]]);
    const searchAsOwner = () => owner.unsafe(OWNER_STATEMENT[0], [...OWNER_STATEMENT[1]]);

    const [found, same] = [await searchAsVisitor(), await searchAsOwner()];
    if (found.length < FULL_PAGE || !isDeepStrictEqual([...found], [...same])) {
      throw new Error("bench/searches.ts says another search than search_coaches.sql.");
    }

    const batches = [];
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const times = await takeTurns(ROUNDS, { visitor: searchAsVisitor, owner: searchAsOwner });
      batches.push({ ...times, ratio: times.visitor.median / times.owner.median });
    }
    batches.sort((left, right) => left.ratio - right.ratio);
    const { visitor: visitorTimes, owner: ownerTimes } = batches[Math.floor(BATCHES / 2)]!;
    return {
      visitor: visitorTimes,
      owner: ownerTimes,
      ratios: batches.map((batch) => batch.ratio),
    };
  });
}

/**
 * Makes sure that every search of the bench fills a page: a page with fewer coaches is cheaper, and
 * would be taken for a faster search.
 * @throws naming the search that does not
 */
export async function requireFullPages(databaseUrl: string): Promise<void> {
  await withConnections(databaseUrl, async ({ visitor }) => {
    for (const { query, state, specialty, maxPriceCents, sort } of SEARCHES) {
      const found = await visitor`
        select from search_coaches(
          query => ${query ?? null}, state => ${state ?? null}, specialty => ${specialty ?? null},
          max_price_cents => ${maxPriceCents ?? null}, sort => ${sort ?? null}
        )
      `;
      if (found.length < FULL_PAGE) {
        throw new Error(
          `Only ${found.length} coaches for ${JSON.stringify({ query, state, specialty })}.`,
        );
      }
    }
  });
}

/** Times the free times of a month for one coach, as a visitor. */
export async function measureSlots(databaseUrl: string): Promise<Times> {
  return withConnections(databaseUrl, async ({ visitor, owner }) => {
    const [offer] =
      await owner`select offers.id from offers join weekly_hours using (coach_id) limit 1`;
    const statement = "select * from available_slots($1, now(), now() + interval '31 days')";
    const search = () => visitor.unsafe(statement, [offer?.["id"]]);
    if ((await search()).length === 0) throw new Error("This coach has no free times to measure.");
    return (await takeTurns(ROUNDS, { search })).search;
  });
}

/** How Postgres goes about the search, with what it read and how long it took. */
export async function explainSearch(databaseUrl: string): Promise<string> {
  return withConnections(databaseUrl, async ({ owner }) => {
    const [statement, parameters] = OWNER_STATEMENT;
    await owner.unsafe(statement, [...parameters]); // reads the pages in
    const lines = await owner.unsafe<{ "QUERY PLAN": string }[]>(
      `explain (analyze, buffers) ${statement}`,
      [...parameters],
    );
    return lines.map((line) => `${line["QUERY PLAN"]}\n`).join("");
  });
}

/** One connection with a visitor's rights and one with the owner's; neither keeps plans. */
async function withConnections<Value>(
  databaseUrl: string,
  work: (connections: { visitor: postgres.Sql; owner: postgres.Sql }) => Promise<Value>,
): Promise<Value> {
  const options = { max: 1, onnotice: () => {} };
  const [visitor, owner] = [postgres(databaseUrl, options), postgres(databaseUrl, options)];
  try {
    await visitor`set role anon`;
    return await work({ visitor, owner });
  } finally {
    await Promise.all([visitor.end(), owner.end()]);
  }
}
