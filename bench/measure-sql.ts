import { isDeepStrictEqual } from "node:util";

import postgres from "postgres";

import { takeTurns, type Times } from "./measure.ts";
import {
  DEADLINE_CALL,
  HARD_DEADLINE,
  HARD_SEARCH,
  HARD_SEARCH_SQL,
  SEARCH_CALL,
  SEARCHES,
  SLOTS_CALL,
} from "./searches.ts";

const ROUNDS = 300;
/** A short disturbance spoils one batch, not the figure. */
const BATCHES = 7;

const OWNER_STATEMENT = [HARD_SEARCH_SQL, Object.values(HARD_SEARCH)] as const;

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
    const searchAsVisitor = () => visitor.unsafe(SEARCH_CALL.statement, SEARCH_CALL.parameters);
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

/** The first coach of the bench, who has 10,000 sessions. */
const BUSY_COACH = "md5('coach1')::uuid";

/** Times the free times of a month for a coach with 10,000 sessions, as a visitor. */
export async function measureSlots(databaseUrl: string): Promise<Times> {
  return withConnections(databaseUrl, async ({ visitor, owner }) => {
    const [busy] = await owner.unsafe(
      `select count(*)::integer from bookings where coach_id = ${BUSY_COACH}`,
    );
    if (busy?.["count"] !== 10_000) throw new Error("The busy coach has other sessions.");

    const search = () => visitor.unsafe(SLOTS_CALL.statement);
    if ((await search()).length === 0) throw new Error("This coach has no free times to measure.");
    return (await takeTurns(ROUNDS, { search })).search;
  });
}

/** Who can help before a deadline, as a visitor: anybody, and with both filters. */
export type Deadlines = { any: Times; filtered: Times };

/** Times the search for a session before a deadline. */
export async function measureDeadlines(databaseUrl: string): Promise<Deadlines> {
  return withConnections(databaseUrl, async ({ visitor }) => {
    const { statement, parameters } = DEADLINE_CALL;
    const any = () => visitor.unsafe(statement, [HARD_DEADLINE.days, null, null]);
    const filtered = () => visitor.unsafe(statement, parameters);
    for (const found of [await any(), await filtered()]) {
      if (found.length < 12) throw new Error("Too few coaches are free before the deadline.");
    }
    return takeTurns(ROUNDS, { any, filtered });
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
