import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { withConnection } from "../../supabase/local/database.ts";
import { ROOT } from "../../supabase/local/paths.ts";
import type { Postgres } from "../../supabase/local/postgres.ts";
import { runTestFile } from "./run-test-file.ts";

const TESTS_DIR = join(ROOT, "supabase/tests");
const tests = globSync("**/*.test.sql", { cwd: TESTS_DIR }).map((file) => ({
  file,
  text: readFileSync(join(TESTS_DIR, file), "utf8"),
}));

/** One part of the database, how to put it back, and every way we know to break it. */
export type Subject = {
  title: string;
  /** A test file that has one of these is tried first; the first is the nearest. */
  words: string[];
  restore: string;
  mutations: Mutation[];
};

export type Mutation = { title: string; sql: string };

/**
 * Breaks each subject in each of its ways, one at a time, and runs the pgTAP files until one turns red. What none notices has survived: a test is missing. Prints what it finds,
 * ends with `N passed, N failed`, and sets the exit code.
 */
export async function runMutations(server: Postgres, subjects: Subject[]): Promise<void> {
  const survivors: string[] = [];
  let killed = 0;

  for (const subject of subjects) {
    console.log(`\n${subject.title}`);
    for (const mutation of subject.mutations) {
      const noticedBy = await findTestThatNotices(server, subject, mutation);
      console.log(`  ${noticedBy ?? "SURVIVED"} <- ${mutation.title}`);
      if (noticedBy) killed += 1;
      else survivors.push(`${subject.title}: ${mutation.title}`);
    }
  }

  for (const survivor of survivors) console.log(`\nnot noticed: ${survivor}`);
  console.log(`\n${killed} passed, ${survivors.length} failed`);
  process.exitCode = survivors.length > 0 || killed === 0 ? 1 : 0;
}

/** The first test file that fails while the mutation is in place, or null. */
async function findTestThatNotices(server: Postgres, subject: Subject, mutation: Mutation) {
  return withConnection(server.superuserUrl(), async (sql) => {
    await sql.unsafe(mutation.sql);
    try {
      for (const file of testsOf(subject)) {
        const { failures } = await runTestFile(server.databaseUrl(), join(TESTS_DIR, file));
        if (failures.length > 0) return file;
      }
      return null;
    } finally {
      await sql.unsafe(subject.restore);
    }
  });
}

/** All files, those first that concern a subject: by the word they have, the ones on access before others. */
function testsOf({ words }: Subject): string[] {
  const rank = ({ file, text }: { file: string; text: string }) => {
    const word = words.findIndex((each) => text.includes(each));
    if (word === -1) return words.length + (file.includes("/") ? 1 : 0);
    return file.endsWith("access.test.sql") ? word : word + 0.5;
  };
  return tests
    .map((test) => ({ file: test.file, rank: rank(test) }))
    .sort((a, b) => a.rank - b.rank || a.file.localeCompare(b.file))
    .map(({ file }) => file);
}
