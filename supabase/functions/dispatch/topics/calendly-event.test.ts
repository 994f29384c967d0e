import { callsTo, newWorld, plays, playsRpc, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const EVENT = "https://api.calendly.test/scheduled_events/e1";
const INVITEE = `${EVENT}/invitees/i1`;
const MADE = { event_uri: EVENT, invitee_uri: INVITEE };

const facts = {
  coach_id: "c1",
  booking_id: "b1",
  user_uri: "https://api.calendly.test/users/u1",
  starts_at: "2026-11-24T16:00:00+00:00",
  email: "dana@example.com" as string | null,
};
const create = {
  ...facts,
  event_type_uri: "https://api.calendly.test/event_types/t1",
  location_kinds: ["zoom_conference", "ask_invitee"],
  client_name: "Dana Reed",
  time_zone: "America/Phoenix",
};
const cancel = { ...facts, event_uri: EVENT as string | null, is_unpaid: false };

function calendlyWorld(): void {
  newWorld();
  playsRpc("claim_calendly_token", { access_token: "good" });
  plays("POST /calendly/invitees", status(201, { resource: { uri: INVITEE, event: EVENT } }));
  plays("GET /calendly/scheduled_events", { collection: [] });
  plays("GET /calendly/scheduled_events/e1/invitees", {
    collection: [{ uri: INVITEE, tracking: { utm_content: "b1" } }],
  });
  plays("POST /calendly/scheduled_events/e1/cancellation", status(201));
}

Deno.test("a booking is written at Calendly once, under its id", async () => {
  calendlyWorld();
  deepEqual((await workOff("calendly.create_event", create)).result, MADE);
  deepEqual(vendorCalls(), ["POST /calendly/invitees"]);
  deepEqual(JSON.parse(callsTo("/calendly/invitees")[0]?.body ?? ""), {
    event_type: create.event_type_uri,
    start_time: "2026-11-24T16:00:00.000Z",
    invitee: { name: "Dana Reed", email: "dana@example.com", timezone: "America/Phoenix" },
    location: { kind: "ask_invitee", location: "https://walkthrough.test/bookings/b1/join" },
    tracking: {
      utm_campaign: null,
      utm_source: "walkthrough",
      utm_medium: null,
      utm_content: "b1",
      utm_term: null,
      salesforce_uuid: null,
    },
  });
});

Deno.test(
  "a second attempt takes what the first one made, and makes none that is there",
  async () => {
    calendlyWorld();
    plays("GET /calendly/scheduled_events", { collection: [{ uri: EVENT }] });
    deepEqual((await workOff("calendly.create_event", create, 2)).result, MADE);
    equal(callsTo("/calendly/invitees").length, 0);
    match(
      callsTo("/calendly/scheduled_events")[0]?.path ?? "",
      /invitee_email=dana%40example\.com/,
    );

    calendlyWorld();
    deepEqual((await workOff("calendly.create_event", create, 2)).result, MADE);
    equal(callsTo("/calendly/invitees").length, 1);
  },
);

Deno.test("somebody else's event at that time is not taken for ours", async () => {
  calendlyWorld();
  plays("GET /calendly/scheduled_events", { collection: [{ uri: EVENT }] });
  plays("GET /calendly/scheduled_events/e1/invitees", {
    collection: [{ uri: INVITEE, tracking: { utm_content: "b2" } }, { uri: INVITEE }],
  });
  await workOff("calendly.create_event", create, 2);
  equal(callsTo("/calendly/invitees").length, 1);
});

Deno.test("a time that is taken is a clash, unless it is taken by our own event", async () => {
  calendlyWorld();
  const taken = { details: [{ parameter: "start_time", message: "", code: "already_filled" }] };
  plays("POST /calendly/invitees", status(400, taken));
  deepEqual((await workOff("calendly.create_event", create)).result, { problem: "clash" });

  calendlyWorld();
  plays("POST /calendly/invitees", status(400, taken));
  plays("GET /calendly/scheduled_events", { collection: [{ uri: EVENT }] });
  deepEqual((await workOff("calendly.create_event", create)).result, MADE);
});

Deno.test(
  "a plan or a place that does not fit is no matter for retries; another refusal is an admin's",
  async () => {
    calendlyWorld();
    plays("POST /calendly/invitees", status(403));
    deepEqual((await workOff("calendly.create_event", create)).result, { problem: "plan" });

    calendlyWorld();
    const outbound = { ...create, location_kinds: ["outbound_call"] };
    deepEqual((await workOff("calendly.create_event", outbound)).result, { problem: "location" });

    calendlyWorld();
    plays("POST /calendly/invitees", status(400, { details: [{ parameter: "invitee.timezone" }] }));
    const { failure } = await workOff("calendly.create_event", create);
    equal(failure?.is_permanent, true);
  },
);

Deno.test("places: none is left out, a conference of its own is echoed", async () => {
  for (const [kinds, location] of [
    [[], undefined],
    [["zoom_conference"], { kind: "zoom_conference" }],
    [["outbound_call", "custom"], { kind: "custom" }],
  ] as const) {
    calendlyWorld();
    await workOff("calendly.create_event", { ...create, location_kinds: kinds });
    const sent = JSON.parse(callsTo("/calendly/invitees")[0]?.body ?? "");
    deepEqual(sent.location, location);
  }
});

Deno.test("without the client's address the event waits for it", async () => {
  calendlyWorld();
  const { failure } = await workOff("calendly.create_event", { ...create, email: null });
  equal(failure?.is_permanent, false);
  deepEqual(vendorCalls(), []);
});

Deno.test("an event is called off; gone already is done", async () => {
  calendlyWorld();
  deepEqual((await workOff("calendly.cancel_event", cancel)).result, { cancelled: true });
  for (const code of [403, 404]) {
    calendlyWorld();
    plays("POST /calendly/scheduled_events/e1/cancellation", status(code));
    deepEqual((await workOff("calendly.cancel_event", cancel)).result, { cancelled: false });
  }
  calendlyWorld();
  plays("POST /calendly/scheduled_events/e1/cancellation", status(500));
  equal((await workOff("calendly.cancel_event", cancel)).failure?.is_permanent, false);
});

Deno.test("an event whose address was lost is looked for before it is called off", async () => {
  calendlyWorld();
  plays("GET /calendly/scheduled_events", { collection: [{ uri: EVENT }] });
  const lost = { ...cancel, event_uri: null };
  deepEqual((await workOff("calendly.cancel_event", lost)).result, { cancelled: true });

  calendlyWorld();
  deepEqual((await workOff("calendly.cancel_event", lost)).result, { cancelled: false });
});

Deno.test("a held time is looked at alone", async () => {
  calendlyWorld();
  plays("GET /calendly/user_busy_times", {
    collection: [
      {
        type: "external",
        start_time: "2026-11-24T16:30:00.000000Z",
        end_time: "2026-11-24T17:30:00.000000Z",
      },
    ],
  });
  const { result } = await workOff("calendly.check_hold", {
    coach_id: "c1",
    user_uri: facts.user_uri,
    starts_at: facts.starts_at,
    ends_at: "2026-11-24T17:00:00+00:00",
  });
  deepEqual(result, {
    busy_times: [
      {
        id: "external:2026-11-24T16:30:00.000000Z:2026-11-24T17:30:00.000000Z",
        starts_at: "2026-11-24T16:30:00.000000Z",
        ends_at: "2026-11-24T17:30:00.000000Z",
      },
    ],
  });
  const query = new URLSearchParams(callsTo("/calendly/user_busy_times")[0]?.path.split("?")[1]);
  equal(query.get("start_time"), "2026-11-24T16:00:00.000Z");
  equal(query.get("end_time"), "2026-11-24T17:00:00.000Z");
});
