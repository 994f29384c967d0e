import type { Db } from "../../../app/lib/db.server.ts";
import { Refusal } from "./database.ts";
import type { World } from "./world.ts";

export const CLIENTS = ["dana", "ben"];
export const COACHES = ["maria", "lena"];

/** Prices that no share of divides evenly, and a fee and a policy like that. */
const SCENE = `
  select tests.create_profile('dana'), tests.create_profile('ben'),
    tests.create_coach('maria'), tests.create_coach('lena'),
    tests.create_host('one'), tests.create_host('two'), tests.create_host('three');
  update public.offers set price_cents = 10333 where id = tests.id('maria''s hour');
  update public.offers set price_cents = 7501, duration_minutes = 30 where id = tests.id('lena''s hour');
  select tests.create_package('lena''s package', coach => 'lena', sessions => 3, session_cents => 6667);
  select admin.make_coupon('OURS', percent => 17),
    private.insert_coupon(tests.coach_id('maria'), 'HERS', 13, null, now(), null, null, null, false, 0);
  update public.cancellation_policies set partial_refund_percent = 33;
  update private.platform_settings set fee_basis_points = 1530
`;

/** Two clients and two coaches whose hours are open around the clock. */
export async function setScene({ database }: World): Promise<void> {
  await database.run(SCENE);
}

/** The id of somebody's profile. */
export async function profileOf({ database }: World, name: string): Promise<string> {
  const [profile] = await database.run<{ id: string }>(`select tests.id('${name}') as id`);
  return profile!.id;
}

/** The site's database client of somebody who signed in, as far as its functions are called. */
export function dbOf({ database }: World, name: string): Db {
  async function call(functionName: string, args: Record<string, unknown>) {
    try {
      return { data: await database.rpc(functionName, args, name), error: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { data: null, error: { code: error.code, message: error.message } };
    }
  }
  return {
    rpc(functionName: string, args: Record<string, unknown>) {
      const answer = call(functionName, args);
      return Object.assign(answer, {
        async maybeSingle() {
          const { data, error } = await answer;
          return { data: Array.isArray(data) ? (data[0] ?? null) : data, error };
        },
      });
    },
  } as unknown as Db;
}
