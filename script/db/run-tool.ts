import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { ROOT } from "../../supabase/local/paths.ts";

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Runs Prisma's command line on the database at `databaseUrl` and returns what it prints.
 * @throws with what it said if it fails.
 */
export async function runPrisma(argv: string[], databaseUrl: string): Promise<string> {
  return run(process.execPath, [join(ROOT, "node_modules/prisma/build/index.js"), ...argv], {
    DATABASE_URL: databaseUrl,
    CHECKPOINT_DISABLE: "1", // no look for updates: it would wait for a network that may not be there
  });
}

/** The same for Supabase's command line. */
export async function runSupabase(argv: string[]): Promise<string> {
  return run(join(ROOT, "node_modules/.bin/supabase"), [...argv, "--workdir", ROOT], {
    SUPABASE_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
  });
}

async function run(program: string, argv: string[], env: Record<string, string>): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, argv, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${argv.join(" ")} failed:\n${stderr}${stdout}`, { cause: error });
  }
}

/** What the Supabase CLI needs to hear: our servers speak no TLS, they listen on this machine alone. */
export function plainText(databaseUrl: string): string {
  return `${databaseUrl}?sslmode=disable`;
}
