import { CLIENTS, COACHES } from "../people.ts";
import { again, pick, type Step } from "./run.ts";

/** Longer than a story takes: now() stands still in it, and Stripe's clock does not. */
const MINUTES = 10;

/** A client or a coach has their account removed. */
export const leave: Step = async (run, dice) => {
  const name = pick([...CLIENTS, ...COACHES], dice);
  const [here] = await run.database.run(
    `select from public.profiles where id = tests.id('${name}') and deleted_at is null`,
  );
  if (!here || again(dice) % 2 === 0) return false;
  await run.pass(MINUTES);
  await run.database.rpc("apply_clerk_event", {
    event_id: `msg_left_${name}`,
    event: { type: "user.deleted", data: { id: `user_${name}` } },
  });
  await run.pass(MINUTES);
  return true;
};
