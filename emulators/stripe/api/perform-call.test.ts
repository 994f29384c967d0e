import { beforeAll, expect, test } from "vitest";

import { createClock } from "../../shared/clock.ts";
import { createRequestLog } from "../../shared/request-log.ts";
import { createStore } from "../../shared/store.ts";
import { loadContract } from "../contract/load.ts";
import { SDK_RESOURCES } from "../contract/sdk-resources.ts";
import type { Contract } from "../contract/schema.ts";
import { createEmulator } from "../create-emulator.ts";
import { route } from "../emulator.ts";
import { US_FEES } from "../fees.ts";
import { initialState } from "../state.ts";
import { performCall } from "./perform-call.ts";

let contract: Contract;

beforeAll(async () => {
  contract = await loadContract(SDK_RESOURCES);
}, 60_000);

/** Lets a handler of a test answer `GET /v1/refunds/{id}` and returns what the log says of it. */
function violationsOf(answer: object): string[] {
  const clock = createClock();
  const log = createRequestLog(clock);
  const store = createStore({ initial: initialState });
  const emulator = createEmulator({
    store,
    clock,
    contract,
    fees: US_FEES,
    businessName: "Test",
    webhookTargets: [],
    startedAt: 0,
    url: () => "",
    tell: () => undefined,
  });
  const handler = route("GET /v1/refunds/{id}", () => answer);
  performCall({ route: handler, ids: ["re_1"], form: "", emulator, resources: [], store, log });
  return log.violations().flatMap(({ direction, problems }) => [direction, ...problems]);
}

test("an answer of our own that breaks the contract is logged", () => {
  const problems = violationsOf({ id: "re_1", object: "refund", amount: 1.5, total: 3 });
  expect(problems[0]).toBe("response");
  expect(problems).toContain("amount is 1.5, expected integer");
  expect(problems).toContain("total is not a known key");
  expect(problems).toContain("currency is missing");
});
