import { sql } from "../../e2e/support/database.ts";
import { until } from "./until.ts";

const KEY = 7_310_457;

/**
 * Adds to this throwaway database what a gate needs: a trigger that stops whoever records a result
 * in the outbox while a test holds a lock.
 */
export async function prepareGates(): Promise<void> {
  await sql.unsafe(`
    create schema if not exists stack_tests;
    create table stack_tests.gates (topic text primary key, is_lost boolean not null default false);
    create function stack_tests.tg_outbox__gate() returns trigger language plpgsql as $$
    begin
      if exists (select from stack_tests.gates where gates.topic = new.topic) then
        perform pg_advisory_xact_lock(${KEY});
        if exists (select from stack_tests.gates where gates.topic = new.topic and is_lost) then
          raise exception 'Nobody waits for this answer any more.';
        end if;
      end if;
      return new;
    end;
    $$;
    create trigger outbox__gate before update on private.outbox for each row
      when (new.status = 'done') execute function stack_tests.tg_outbox__gate();
  `);
}

/** Between a vendor's answer and our record of it. */
export type Gate = {
  /** Resolves when somebody wants to record a result: the vendor has answered. */
  reached(): Promise<void>;
  /** What was to be recorded is not, as when the process that asked is gone. The gate is open. */
  lose(): Promise<void>;
};

/** Stops everybody who records a result of this topic from now on. */
export async function closeGate(topic: string): Promise<Gate> {
  const connection = await sql.reserve();
  await connection`select pg_advisory_lock(${KEY})`;
  await sql`insert into stack_tests.gates (topic) values (${topic})`;

  async function waiting(): Promise<number> {
    const rows = await connection`
      select from pg_locks where locktype = 'advisory' and objid = ${KEY} and not granted
    `;
    return rows.length;
  }

  return {
    async reached() {
      await until(`${topic} is about to be recorded`, async () => (await waiting()) > 0);
    },
    async lose() {
      await sql`update stack_tests.gates set is_lost = true`;
      await connection`select pg_advisory_unlock(${KEY})`;
      await until("what was to be recorded is lost", async () => {
        const rows = await connection`
          select from pg_locks where locktype = 'advisory' and objid = ${KEY}
        `;
        return rows.length === 0;
      });
      await sql`delete from stack_tests.gates`;
      connection.release();
    },
  };
}
