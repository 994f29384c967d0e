import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type postgres from "postgres";

import { COACHES } from "../prisma/seed/coaches.ts";
import { runScript } from "../supabase/local/database.ts";
import { ROOT } from "../supabase/local/paths.ts";

const SETUP = join(ROOT, "bench/coaches.sql");

/**
 * Adds coaches who can be found, each with an offer and hours, and the first with 10,000 sessions:
 * numbers 1 to `count`.
 * Who is number n does not depend on how many there are. Names are numbered, words are those of the
 * demo market's coaches in other combinations; a few states and specialties have most of them.
 *
 * The search rows and next times are written in bulk, as the jobs would write them one by one.
 */
export async function loadCoaches(sql: postgres.Sql, count: number): Promise<void> {
  const texts = COACHES.map(({ headline, bio }) => ({ headline, bio: bio.join("\n\n") }));

  await sql`alter table coaches disable trigger user`;
  await sql`alter table offers disable trigger offers__refresh_listing`;
  await runScript(sql, await readFile(SETUP, "utf8"), "bench/coaches.sql");
  await sql`insert into bench.texts ${sql(texts)}`;
  await sql`select bench.add_coaches(${count})`;
  await sql`select bench.add_bookings()`;
  await sql`select bench.find_next_times(${count})`;
  await sql`drop schema bench cascade`;
  await sql`alter table coaches enable trigger user`;
  await sql`alter table offers enable trigger offers__refresh_listing`;
  await sql`vacuum analyze`;
}
