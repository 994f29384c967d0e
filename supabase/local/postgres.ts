import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { chown, mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

import { spawnChild } from "./child-process.ts";
import { postgresBinaries, serverUser } from "./postgres-binary.ts";
import type { Service } from "./service.ts";

/** The role that stands where Supabase's own superuser does. Only the stack itself uses it. */
const SUPERUSER = "supabase_admin";

/** What `postgres -c` is given always: close to the platform, closed to the network. */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=300",
  "timezone=UTC",
  "log_timezone=UTC",
  'search_path="$user", public, extensions',
  "wal_level=minimal",
  "max_wal_senders=0",
];

/** Nothing survives a crash of the machine, and nobody would miss it. */
const THROWAWAY_SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

export type Postgres = Service & {
  port: number;
  /** A connection string as the project's role `postgres`, or another, to one of its databases. */
  databaseUrl(database?: string, role?: string): string;
  /** The same as the superuser: for platform objects only, never for migrations. */
  superuserUrl(database?: string): string;
};

type PostgresOptions = {
  dataDir: string;
  port: number;
  /** Whether data must survive a crash of the machine. Throwaway stacks are faster without. */
  durable: boolean;
  /** Where the server's log goes. Left out, only what it said last is kept, for an error. */
  logFile?: string;
};

/**
 * Makes an empty data directory, owned by whoever will run the server.
 * @throws if initdb fails; the message is its own.
 */
export async function createDataDir(dataDir: string): Promise<void> {
  const { initdb } = await postgresBinaries();
  const user = serverUser();

  await mkdir(dirname(dataDir), { recursive: true });
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(dataDir, user.uid, user.gid);

  // The built-in provider sorts the same on every machine; small segments copy faster.
  const locale = process.platform === "linux" ? "C.UTF-8" : "en_US.UTF-8";
  await promisify(execFile)(
    initdb,
    [
      `--pgdata=${dataDir}`,
      `--username=${SUPERUSER}`,
      "--auth=trust",
      "--encoding=UTF8",
      `--locale=${locale}`,
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--wal-segsize=1",
      "--no-sync",
    ],
    { ...user, cwd: dataDir },
  );
}

/**
 * Starts a server on an existing data directory and waits until it accepts connections.
 * @throws with the server's last words if it ends before that.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, port, durable, logFile } = options;
  const { postgres } = await postgresBinaries();
  const settings = durable ? SETTINGS : [...SETTINGS, ...THROWAWAY_SETTINGS];
  const log = logFile ? createWriteStream(logFile, { flags: "a" }) : null;
  let lastWords = "";
  let announceReady = () => {};
  const ready = new Promise<void>((resolve) => (announceReady = resolve));

  const server = spawnChild(
    postgres,
    ["-D", dataDir, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    {
      ...serverUser(),
      cwd: dataDir,
      stopSignal: "INT", // its "fast" shutdown: open connections are cut, nothing is lost
      onOutput(text) {
        log?.write(text);
        lastWords = (lastWords + text).slice(-4_000);
        if (lastWords.includes("ready to accept connections")) announceReady();
      },
    },
  );

  const ended = server.exited.then((code) => {
    throw new Error(`Postgres ended with code ${code} on port ${port}:\n${lastWords}`);
  });
  await Promise.race([ready, ended]);
  ended.catch(() => {});

  function url(role: string, database: string) {
    return `postgresql://${role}:postgres@127.0.0.1:${port}/${database}`;
  }

  return {
    name: "postgres",
    url: url("postgres", "postgres"),
    port,
    databaseUrl: (database = "postgres", role = "postgres") => url(role, database),
    superuserUrl: (database = "postgres") => url(SUPERUSER, database),
    async stop() {
      await server.stop();
      log?.end();
    },
  };
}
