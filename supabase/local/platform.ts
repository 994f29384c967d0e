import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { copyDir } from "./copy-dir.ts";
import { runScript, withConnection } from "./database.ts";
import { installExtensions, STAND_INS_DIR } from "./extensions.ts";
import { CACHE_DIR } from "./paths.ts";
import { freePort } from "./ports.ts";
import { createDataDir, startPostgres } from "./postgres.ts";

const HERE = fileURLToPath(new URL("./", import.meta.url));

/**
 * Fills `dataDir` with a server that has the platform's roles, schemas and extensions and no
 * migration yet: what a new Supabase project is. The first time takes seconds; then it is a copy.
 */
export async function createPlatformDataDir(dataDir: string): Promise<void> {
  await installExtensions();
  const template = join(CACHE_DIR, `platform-${await platformHash()}`);
  if (!existsSync(template)) await buildTemplate(template);
  await copyDir(template, dataDir);
}

/** Changes when anything changes that the template is made from. */
export async function platformHash(): Promise<string> {
  const standIns = (await readdir(STAND_INS_DIR)).sort().map((file) => join(STAND_INS_DIR, file));
  const inputs = ["platform.sql", "platform-roles.sql", "postgres.ts"].map((file) =>
    join(HERE, file),
  );
  const hash = createHash("sha256");

  for (const file of [...inputs, ...standIns]) hash.update(file).update(await readFile(file));
  return hash.digest("hex").slice(0, 12);
}

async function buildTemplate(template: string) {
  const scratch = `${template}.${process.pid}`;
  await mkdir(CACHE_DIR, { recursive: true });
  await createDataDir(scratch);

  const server = await startPostgres({ dataDir: scratch, port: await freePort(), durable: false });
  try {
    await withConnection(server.superuserUrl(), async (sql) => {
      for (const file of ["platform-roles.sql", "platform.sql"]) {
        await runScript(sql, await readFile(join(HERE, file), "utf8"), file);
      }
    });
  } finally {
    await server.stop();
  }

  // Somebody else may have been faster; theirs is as good.
  await rename(scratch, template).catch(() => rm(scratch, { recursive: true, force: true }));
}
