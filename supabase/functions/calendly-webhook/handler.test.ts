import {
  loadFunction,
  newWorld,
  playsRpc,
  quietly,
  rpcArguments,
  SECRETS,
  status,
} from "../_shared/testing/world.ts";

import { deepEqual, equal } from "../_shared/testing/assert.ts";
import { hmacHex } from "../_shared/hmac.ts";

const handle = await loadFunction(() => import("./index.ts"));

const created = {
  event: "invitee.created",
  created_at: "2026-11-24T16:00:00.000000Z",
  created_by: "https://api.calendly.test/users/u1",
  payload: {
    uri: "https://api.calendly.test/scheduled_events/e1/invitees/i1",
    event: "https://api.calendly.test/scheduled_events/e1",
    rescheduled: false,
    old_invitee: null,
    scheduled_event: {
      start_time: "2026-11-26T16:00:00.000000Z",
      event_type: "https://api.calendly.test/event_types/t1",
      event_memberships: [{ user: "https://api.calendly.test/users/u1" }],
    },
  },
};

type Delivery = { key?: string; secondsOld?: number; changed?: string; header?: string };

/** A request as Calendly makes it, or as somebody who knows less. */
async function delivery(event: unknown, changes: Delivery = {}): Promise<Request> {
  const { key = SECRETS.calendly, secondsOld = 0, changed, header } = changes;
  const body = JSON.stringify(event);
  const seconds = Math.floor(Date.now() / 1000) - secondsOld;
  const signature = `t=${seconds},v1=${await hmacHex(key, `${seconds}.${body}`)}`;
  return new Request("http://function/calendly-webhook", {
    method: "POST",
    headers: { "calendly-webhook-signature": header ?? signature },
    body: changed ?? body,
  });
}

function plainWorld(): void {
  newWorld();
  playsRpc("apply_calendly_event", status(204));
  playsRpc("record_security_event", status(204));
}

Deno.test(
  "calendly-webhook hands a signed event on, as it came, under an id of its parts",
  async () => {
    plainWorld();
    equal((await handle(await delivery(created, { secondsOld: 170 }))).status, 200);
    deepEqual(rpcArguments("apply_calendly_event"), [
      {
        event_id: `invitee.created:${created.payload.uri}:${created.created_at}`,
        event: created,
      },
    ]);
  },
);

for (const [what, changes, code] of [
  ["was signed with another key", { key: "another" }, "signature_invalid"],
  [
    "was changed after it was signed",
    { changed: `${JSON.stringify(created)} ` },
    "signature_invalid",
  ],
  ["was signed more than three minutes ago", { secondsOld: 190 }, "signature_stale"],
  ["was signed more than three minutes ahead", { secondsOld: -190 }, "signature_stale"],
  ["is not signed at all", { header: "" }, "signature_missing"],
  ["is signed with nothing", { header: "t=,v1=" }, "signature_missing"],
] as [string, Delivery, string][]) {
  Deno.test(`calendly-webhook refuses and notes what ${what}`, async () => {
    plainWorld();
    const request = await delivery(created, changes);
    const { value: response } = await quietly(() => handle(request));
    equal(response.status, 400);
    equal((await response.json()).error.code, code);
    deepEqual(rpcArguments("record_security_event"), [
      { kind: "webhook_refused", detail: { vendor: "calendly", reason: code } },
    ]);
    deepEqual(rpcArguments("apply_calendly_event"), []);
  });
}

Deno.test("calendly-webhook stores nothing that is signed but no event", async () => {
  plainWorld();
  equal((await handle(await delivery({ event: "something.else" }))).status, 400);
  deepEqual(rpcArguments("apply_calendly_event"), []);
});

Deno.test("calendly-webhook asks for the event again when it could not be stored", async () => {
  plainWorld();
  playsRpc("apply_calendly_event", status(500, { message: "away" }));
  const request = await delivery(created);
  const { value: response } = await quietly(() => handle(request));
  equal(response.status, 500);
});

Deno.test("calendly-webhook takes POST only", async () => {
  plainWorld();
  equal((await handle(new Request("http://function/calendly-webhook"))).status, 405);
});
