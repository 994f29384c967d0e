import { setTimeout as delay } from "node:timers/promises";

import postgres from "postgres";

import { isDue, parseSchedule } from "./cron-schedule.ts";
import type { Service } from "./service.ts";

export type CronWorker = Service & {
  /**
   * Runs one job now, whatever its schedule says, and records the run. For tests.
   * @throws if there is no such job.
   */
  runNow(jobName: string): Promise<JobRun>;
};

export type JobRun = { status: "succeeded" | "failed"; returnMessage: string };

type Job = {
  jobid: string;
  schedule: string;
  command: string;
  username: string;
  jobname: string | null;
};

const LOOK_EVERY_MS = 1_000;
/** How long a run may take to finish when the stack is stopped. */
const PATIENCE_MS = 5_000;

/**
 * Does what the background worker of pg_cron does: runs due rows of cron.job, each job at most
 * once at a time and as the role that scheduled it, and writes cron.job_run_details.
 * `databaseUrl` connects as the role `postgres`.
 */
export function startCronWorker(databaseUrl: string): CronWorker {
  const sql = postgres(databaseUrl, {
    max: 4,
    onnotice: () => {},
    connection: { application_name: "pg_cron" },
  });
  const lastStarts = new Map<string, number>();
  const running = new Map<string, Promise<unknown>>();
  const startedAt = Date.now();
  let looking: Promise<void> | null = null;

  async function look() {
    const jobs = await readJobs(sql);
    const now = Date.now();
    for (const job of jobs) {
      if (running.has(job.jobid) || !isJobDue(job, lastStarts.get(job.jobid) ?? startedAt, now))
        continue;
      lastStarts.set(job.jobid, now);
      const run = runJob(sql, job).catch(() => {}); // the server is going away: nothing to record it in
      running.set(job.jobid, run);
      void run.finally(() => running.delete(job.jobid));
    }
  }

  const timer = setInterval(() => {
    looking ??= look()
      .catch(() => {}) // the same: the next look will tell
      .finally(() => (looking = null));
  }, LOOK_EVERY_MS);

  return {
    name: "pg_cron",
    url: databaseUrl,
    async runNow(jobName) {
      const job = (await readJobs(sql)).find((candidate) => candidate.jobname === jobName);
      if (!job) throw new Error(`There is no cron job named ${jobName}.`);
      return runJob(sql, job);
    },
    async stop() {
      clearInterval(timer);
      await looking;
      await Promise.race([Promise.all(running.values()), delay(PATIENCE_MS, null, { ref: false })]);
      await sql.end({ timeout: 1 });
    },
  };
}

async function readJobs(sql: postgres.Sql): Promise<Job[]> {
  const [{ exists } = { exists: false }] = await sql<{ exists: boolean }[]>`
    select to_regclass('cron.job') is not null as exists
  `;
  if (!exists) return []; // no migration has created the extension yet

  return sql<Job[]>`
    select jobid, schedule, command, username, jobname
    from cron.job
    where active and database = current_database()
    order by jobid
  `;
}

function isJobDue(job: Job, lastStart: number, now: number): boolean {
  try {
    return isDue(parseSchedule(job.schedule), lastStart, now);
  } catch {
    return false; // cron.schedule refuses what can't be read; a row edited by hand never runs
  }
}

async function runJob(sql: postgres.Sql, job: Job): Promise<JobRun> {
  const [details] = await sql<{ runid: string }[]>`
    insert into cron.job_run_details (jobid, database, username, command, status, start_time)
    values (${job.jobid}, current_database(), ${job.username}, ${job.command}, 'running', clock_timestamp())
    returning runid
  `;
  const run = await execute(sql, job);

  await sql`
    update cron.job_run_details
    set status = ${run.status}, return_message = ${run.returnMessage}, end_time = clock_timestamp()
    where runid = ${details?.runid ?? null}
  `;
  return run;
}

/** In one transaction, as the job's owner, who may be less than `postgres`. */
async function execute(sql: postgres.Sql, job: Job): Promise<JobRun> {
  try {
    const result = await sql.begin(async (transaction) => {
      await transaction.unsafe(`set local role "${job.username.replaceAll('"', '""')}"`);
      return transaction.unsafe(job.command).simple();
    });
    const { command, count } = Array.isArray(result[0]) ? (result.at(-1) as typeof result) : result;
    return { status: "succeeded", returnMessage: command === "SELECT" ? plural(count) : command };
  } catch (error) {
    return {
      status: "failed",
      returnMessage: `ERROR:  ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function plural(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}
