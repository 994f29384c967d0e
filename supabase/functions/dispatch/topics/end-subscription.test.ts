import { callsTo, newWorld, plays } from "../../_shared/testing/world.ts";

import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";

Deno.test("stripe.end_subscription ends it, once", async () => {
  for (const [status_, ends] of [
    ["active", 1],
    ["canceled", 0],
  ] as const) {
    newWorld();
    plays("GET /v1/subscriptions/sub_1", { object: "subscription", status: status_ });
    plays("DELETE /v1/subscriptions/sub_1", { object: "subscription", status: "canceled" });
    deepEqual((await workOff("stripe.end_subscription", { subscription_id: "sub_1" })).result, {});
    equal(
      callsTo("/v1/subscriptions/sub_1").filter(({ method }) => method === "DELETE").length,
      ends,
    );
  }
});
