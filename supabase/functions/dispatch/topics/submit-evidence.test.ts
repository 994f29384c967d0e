import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const held = {
  starts_at: "2026-11-24T16:00:00+00:00",
  ends_at: "2026-11-24T17:00:00+00:00",
  status: "completed",
  sentence: "Dana was there for 55 minutes.",
  visits: [
    { party: "coach", from: "2026-11-24T15:58:00+00:00", to: "2026-11-24T17:00:00+00:00" },
    { party: "client", from: "2026-11-24T16:02:00+00:00", to: "2026-11-24T16:57:00+00:00" },
  ],
};
const work = {
  dispute_id: "d1",
  stripe_dispute_id: "dp_1",
  status: "needs_response",
  client_name: "Dana Reed",
  coach_name: "Maria Lopez",
  offer_title: "Listing rehearsal",
  session_count: 2,
  agreed_at: "2026-11-20T10:00:00+00:00",
  full_refund_minutes: 1440,
  partial_refund_minutes: 240,
  partial_refund_percent: 50,
  sessions: [
    held,
    {
      ...held,
      starts_at: "2026-12-01T16:00:00+00:00",
      status: "confirmed",
      sentence: null,
      visits: [],
    },
  ],
};
const UPDATE = "POST /v1/disputes/dp_1";
const READ = "GET /v1/disputes/dp_1";

function dispute(status: string) {
  return { id: "dp_1", object: "dispute", status };
}

/** The evidence that Stripe was sent. */
async function evidence(changes: object = {}): Promise<Record<string, string>> {
  newWorld();
  plays(UPDATE, dispute("under_review"));
  deepEqual(
    (await workOff("stripe.submit_evidence", { ...work, ...changes })).result,
    dispute("under_review"),
  );
  const [call] = callsTo("/v1/disputes/dp_1");
  equal(call?.headers.get("idempotency-key"), "evidence:d1:needs_response");
  return Object.fromEntries(new URLSearchParams(call?.body));
}

Deno.test("a bank is told what was bought, what was agreed, and who was there when", async () => {
  const sent = await evidence();
  equal(sent["submit"], "true");
  equal(sent["evidence[customer_name]"], "Dana Reed");
  equal(sent["evidence[service_date]"], "November 24, 2026");
  match(
    sent["evidence[product_description]"]!,
    /^Listing rehearsal with Maria Lopez: 2 coaching sessions by video call\.$/,
  );
  match(
    sent["evidence[cancellation_policy_disclosure]"]!,
    /at least 24 hours before the start gets everything back\. Until 4 hours before, 50% comes back\. Later than that, nothing/,
  );
  match(sent["evidence[refund_policy_disclosure]"]!, /again before payment on November 20, 2026\./);
  const record = sent["evidence[uncategorized_text]"]!.replace(/\s/g, " ");
  match(
    record,
    /Session 1: November 24, 2026 at 4:00:00 PM to .*: took place\. Dana was there for 55 minutes\./,
  );
  match(
    record,
    /Client in the meeting from November 24, 2026 at 4:02:00 PM to November 24, 2026 at 4:57:00 PM\./,
  );
  match(record, /Session 2: .*: is booked\./);
});

Deno.test("a policy without tiers is told as it is", async () => {
  const flexible = { full_refund_minutes: 0, partial_refund_minutes: 0, partial_refund_percent: 0 };
  const sent = await evidence(flexible);
  equal(
    sent["evidence[cancellation_policy_disclosure]"],
    "A client who cancels before the start gets everything back. If the coach cancels or does not come, everything comes back.",
  );
});

Deno.test("nothing is claimed of sessions that there are not", async () => {
  const sent = await evidence({ sessions: [] });
  equal("evidence[service_date]" in sent, false);
  match(sent["evidence[uncategorized_text]"]!, /No session of this purchase has been booked yet/);
});

const refused = status(400, { error: { type: "invalid_request_error", message: "No." } });

Deno.test("of a bank that has decided meanwhile, what it decided is recorded", async () => {
  newWorld();
  plays(UPDATE, refused);
  plays(READ, dispute("lost"));
  deepEqual((await workOff("stripe.submit_evidence", work)).result, dispute("lost"));
});

Deno.test(
  "an answer is given up only when Stripe refuses it while the bank waits for one",
  async () => {
    newWorld();
    plays(UPDATE, refused);
    plays(READ, dispute("needs_response"));
    equal((await workOff("stripe.submit_evidence", work)).failure?.is_permanent, true);

    newWorld();
    plays(UPDATE, status(503, { error: { type: "api_error", message: "Down." } }));
    equal((await workOff("stripe.submit_evidence", work)).failure?.is_permanent, false);
    deepEqual(new Set(vendorCalls()), new Set([UPDATE]));
  },
);
