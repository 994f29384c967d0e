import { readFile } from "node:fs/promises";

import { withConnection } from "../../supabase/local/database.ts";

const FACTS = new URL("./catalog-facts.sql", import.meta.url);

type Fact = { thing: string; aspect: string; value: string | null };

/**
 * How the database at `actual` differs from the one at `desired`, a line per fact: a second
 * opinion on the diff, read from Postgres's own catalog and knowing nothing of how it was made.
 */
export async function compareCatalogs(actual: string, desired: string): Promise<string[]> {
  const [found, wanted] = await Promise.all([readFacts(actual), readFacts(desired)]);
  const missing = [...wanted].filter((fact) => !found.has(fact)).map((fact) => `+ ${fact}`);
  const surplus = [...found].filter((fact) => !wanted.has(fact)).map((fact) => `- ${fact}`);

  return [...missing, ...surplus].sort((left, right) =>
    left.slice(2).localeCompare(right.slice(2)),
  );
}

async function readFacts(url: string): Promise<Set<string>> {
  const query = await readFile(FACTS, "utf8");
  return withConnection(url, async (sql) => {
    // Names are shown with their schema only if it isn't in the path: show them all.
    await sql`set search_path = pg_catalog`;
    const facts = await sql.unsafe<Fact[]>(query);
    return new Set(
      facts
        .filter(({ value }) => value)
        .map(({ thing, aspect, value }) => `${thing}: ${aspect} ${value}`),
    );
  });
}
