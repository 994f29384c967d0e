import { newWorld, plays, playsRpc, rpcArguments, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const API = "https://api.calendly.test";
const TYPE = `${API}/event_types/t1`;

const work = {
  coach_id: "c1",
  user_uri: `${API}/users/u1`,
  organization_uri: `${API}/organizations/o1`,
  plan: "free",
  webhook_uri: null,
  read_at: "2026-11-24T16:00:00+00:00",
  until: new Date().toISOString(),
  intake: [TYPE],
};

function event(number: number, type = TYPE) {
  return { uri: `${API}/scheduled_events/e${number}`, event_type: type };
}

function invitee(number: number, changes: object = {}) {
  const { uri } = event(number);
  return {
    uri: `${uri}/invitees/i${number}`,
    event: uri,
    created_at: `2026-11-0${number}T16:00:00Z`,
    rescheduled: false,
    ...changes,
  };
}

function calendlyWorld(active: object[]): void {
  newWorld();
  playsRpc("claim_calendly_token", { access_token: "good" });
  playsRpc("record_calendly_sync", () => Response.json(true));
  playsRpc("calendly_events_ahead", [{ event_uri: event(1).uri, stands: false }]);
  playsRpc("take_calendly_event", status(204));
  plays("POST /calendly/webhook_subscriptions", status(403));
  plays("GET /calendly/event_types", { collection: [], pagination: {} });
  plays("GET /calendly/scheduled_events", { collection: active, pagination: {} });
}

function taken() {
  return rpcArguments("take_calendly_event") as {
    event: { event: string; payload: Record<string, unknown> };
  }[];
}

Deno.test("what was booked at Calendly as one of our offers is handed on, once", async () => {
  calendlyWorld([event(1), event(2), event(3, `${API}/event_types/private`)]);
  plays("GET /calendly/scheduled_events/e2/invitees", { collection: [invitee(2)] });
  await workOff("calendly.sync", work);
  deepEqual(
    taken().map(({ event: { event: type, payload } }) => [type, payload["uri"]]),
    [["invitee.created", invitee(2).uri]],
  );
  equal(taken()[0]?.event.payload["made_at"], invitee(2).created_at);
  // Of what is none of ours nothing is read.
  equal(vendorCalls().filter((call) => call.includes("invitees")).length, 1);
});

Deno.test("one that was rescheduled counts from when it was made first", async () => {
  calendlyWorld([event(4)]);
  plays("GET /calendly/scheduled_events/e4/invitees", {
    collection: [invitee(4, { old_invitee: invitee(3).uri })],
  });
  plays("GET /calendly/scheduled_events/e3/invitees/i3", {
    resource: invitee(3, { old_invitee: invitee(2).uri, rescheduled: true }),
  });
  plays("GET /calendly/scheduled_events/e2/invitees/i2", {
    resource: invitee(2, { rescheduled: true }),
  });
  await workOff("calendly.sync", work);
  equal(taken()[0]?.event.payload["made_at"], invitee(2).created_at);
});

Deno.test("one that can't be read keeps nothing else from being read", async () => {
  calendlyWorld([event(2), event(5)]);
  plays("GET /calendly/scheduled_events/e2/invitees", status(500));
  plays("GET /calendly/scheduled_events/e5/invitees", { collection: [invitee(5)] });
  const { result } = await workOff("calendly.sync", work);
  deepEqual(result, { is_kept: true, busy_times: 0 });
  deepEqual(
    taken().map(({ event: { payload } }) => payload["uri"]),
    [invitee(5).uri],
  );
});

Deno.test("a coach who does not want it is not asked for it", async () => {
  calendlyWorld([event(2)]);
  await workOff("calendly.sync", { ...work, intake: [] });
  deepEqual(taken(), []);
  equal(
    vendorCalls().some((call) => call.includes("scheduled_events")),
    false,
  );
});
