import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { extensionDir } from "./postgres-binary.ts";

/** Our stand-ins for extensions that exist only as compiled background workers. */
export const STAND_INS_DIR = fileURLToPath(new URL("./extensions/", import.meta.url));

const PGTAP_ARCHIVE = fileURLToPath(
  new URL("../../node_modules/@electric-sql/pglite-pgtap/dist/pgtap.tar.gz", import.meta.url),
);

/**
 * Copies what the embedded server lacks (pgTAP and our stand-ins) to where it looks, so that
 * `create extension` is the same line here and on Supabase. Safe to run at any time, by many.
 */
export async function installExtensions(): Promise<void> {
  const target = await extensionDir();
  await mkdir(target, { recursive: true });

  for (const file of await readdir(STAND_INS_DIR)) {
    await replaceFile(join(STAND_INS_DIR, file), join(target, file));
  }
  if (!existsSync(join(target, "pgtap.control"))) await installPgtap(target);
}

async function installPgtap(target: string) {
  const scratch = await mkdtemp(join(tmpdir(), "pgtap-"));
  try {
    execFileSync("tar", ["-xzf", PGTAP_ARCHIVE, "-C", scratch]);
    const source = join(scratch, "share/postgresql/extension");
    const control = await readFile(join(source, "pgtap.control"), "utf8");
    const version = /default_version = '([^']+)'/.exec(control)?.[1];

    await copyFile(join(source, `pgtap--${version}.sql`), join(target, `pgtap--${version}.sql`));
    // Last: its presence says that the installation is complete.
    await writeFile(join(scratch, "pgtap.control"), `${control}\ntrusted = true\n`);
    await replaceFile(join(scratch, "pgtap.control"), join(target, "pgtap.control"));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Copies by renaming, so that a server reading the old file at this moment reads it whole. */
async function replaceFile(source: string, target: string) {
  const half = `${target}.${process.pid}`;
  await copyFile(source, half);
  await rename(half, target);
}
