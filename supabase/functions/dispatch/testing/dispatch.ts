import {
  callsTo,
  loadFunction,
  playsRpc,
  quietly,
  rpcArguments,
  SECRETS,
  status,
} from "../../_shared/testing/world.ts";

const handle = await loadFunction(() => import("../index.ts"));

type Outcome = {
  /** What was recorded, if the work was done. */
  result?: unknown;
  failure?: { error: string; is_permanent: boolean; retry_after_seconds: number | null };
};

/**
 * Has `dispatch` work off one row of the outbox, through its own wiring.
 * @param topic of the row
 * @param work what outbox_work says is to do; several are told one after the other
 * @param attempts how often the row was claimed, this time included
 */
export async function workOff(
  topic: string,
  work: object | object[],
  attempts = 1,
): Promise<Outcome> {
  playsRpc("claim_outbox", [{ id: 7, topic, attempts }], []);
  playsRpc("outbox_work", ...[work].flat());
  playsRpc("complete_outbox", status(204));
  playsRpc("fail_outbox", status(204));

  const request = new Request("http://function/dispatch", {
    method: "POST",
    headers: { apikey: SECRETS.supabase },
  });
  const { value: response } = await quietly(() => handle(request));
  const answer = await response.json();
  if (answer.data?.handled !== 1) throw new Error(`dispatch answered ${JSON.stringify(answer)}`);

  const [completed] = rpcArguments("complete_outbox") as { result: unknown }[];
  const [failed] = rpcArguments("fail_outbox") as Outcome["failure"][];
  return { ...(completed && { result: completed.result }), ...(failed && { failure: failed }) };
}

/** What a vendor was asked, as "METHOD /path", without what went to the database. */
export function vendorCalls(): string[] {
  return callsTo()
    .filter((call) => !call.path.startsWith("/rest/"))
    .map((call) => `${call.method} ${call.path}`);
}
