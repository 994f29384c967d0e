import {
  callsTo,
  newWorld,
  plays,
  playsRpc,
  rpcArguments,
  status,
} from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const HOOK = "https://api.calendly.test/webhook_subscriptions/w1";
const DAY_MS = 24 * 60 * 60 * 1000;

function work(changes: object = {}) {
  return {
    coach_id: "c1",
    user_uri: "https://api.calendly.test/users/u1",
    organization_uri: "https://api.calendly.test/organizations/o1",
    plan: "unknown",
    webhook_uri: null,
    read_at: "2026-11-24T16:00:00+00:00",
    until: new Date(Date.now() + 10 * DAY_MS).toISOString(),
    intake: [],
    ...changes,
  };
}

const eventType = {
  uri: "https://api.calendly.test/event_types/e1",
  name: "Hour",
  active: true,
  duration: 60,
  kind: "solo",
  scheduling_url: "https://calendly.test/nora/hour",
  locations: [{ kind: "ask_invitee" }],
};
const external = {
  type: "external",
  start_time: "2026-11-25T16:00:00.000000Z",
  end_time: "2026-11-25T17:00:00.000000Z",
};

function calendlyWorld(): void {
  newWorld();
  playsRpc("claim_calendly_token", { access_token: "good" });
  playsRpc("record_calendly_sync", () => Response.json(true));
  playsRpc("fail_calendly_sync", status(204));
  playsRpc("calendly_events_ahead", []);
  plays("POST /calendly/webhook_subscriptions", status(201, { resource: hook("active") }));
  plays("GET /calendly/event_types", { collection: [eventType], pagination: {} });
  plays("GET /calendly/user_busy_times", { collection: [external] }, { collection: [] });
}

function hook(state: string, uri = HOOK) {
  return {
    uri,
    callback_url: `${Deno.env.get("SUPABASE_URL")}/functions/v1/calendly-webhook`,
    state,
  };
}

function recorded() {
  const [call] = rpcArguments("record_calendly_sync") as { result: Record<string, unknown> }[];
  return call?.result;
}

Deno.test("a calendar is read in windows of a week, and kept at once", async () => {
  calendlyWorld();
  const { result } = await workOff("calendly.sync", work());
  deepEqual(result, { is_kept: true, busy_times: 1 });

  const windows = callsTo("/calendly/user_busy_times").map(({ path }) => {
    const query = new URLSearchParams(path.split("?")[1]);
    return Date.parse(query.get("end_time") ?? "") - Date.parse(query.get("start_time") ?? "");
  });
  equal(windows.length, 2);
  equal(
    windows.every((span) => span <= 7 * DAY_MS),
    true,
  );
  deepEqual(recorded()?.["busy_times"], [
    {
      id: "external:2026-11-25T16:00:00.000000Z:2026-11-25T17:00:00.000000Z",
      starts_at: "2026-11-25T16:00:00.000000Z",
      ends_at: "2026-11-25T17:00:00.000000Z",
    },
  ]);
  deepEqual(recorded()?.["event_types"], [
    {
      uri: eventType.uri,
      name: "Hour",
      duration_minutes: 60,
      location_kinds: ["ask_invitee"],
      scheduling_url: eventType.scheduling_url,
      is_active: true,
    },
  ]);
  equal(recorded()?.["plan"], "paid");
  equal(recorded()?.["webhook_uri"], HOOK);
});

Deno.test("who may have no webhooks is on the free plan", async () => {
  calendlyWorld();
  plays("POST /calendly/webhook_subscriptions", status(403));
  await workOff("calendly.sync", work());
  equal(recorded()?.["plan"], "free");
  equal(recorded()?.["webhook_uri"], null);
});

Deno.test("a subscription that Calendly gave up is made anew, a working one left", async () => {
  calendlyWorld();
  plays("GET /calendly/webhook_subscriptions/w1", { resource: hook("active") });
  await workOff("calendly.sync", work({ webhook_uri: HOOK }));
  equal(callsTo("/calendly/webhook_subscriptions").length, 0);

  calendlyWorld();
  plays("GET /calendly/webhook_subscriptions/w1", { resource: hook("disabled") });
  plays("DELETE /calendly/webhook_subscriptions/w1", status(204));
  plays(
    "POST /calendly/webhook_subscriptions",
    status(201, { resource: hook("active", `${HOOK}2`) }),
  );
  await workOff("calendly.sync", work({ webhook_uri: HOOK }));
  equal(recorded()?.["webhook_uri"], `${HOOK}2`);
});

Deno.test("a subscription that is there already is taken over", async () => {
  calendlyWorld();
  plays("POST /calendly/webhook_subscriptions", status(409));
  plays("GET /calendly/webhook_subscriptions", { collection: [hook("active")] });
  await workOff("calendly.sync", work());
  equal(recorded()?.["webhook_uri"], HOOK);
});

Deno.test("when a part can't be read nothing is kept, and no retry is asked for", async () => {
  calendlyWorld();
  plays("GET /calendly/user_busy_times", status(500));
  const { result, failure } = await workOff("calendly.sync", work());
  deepEqual(result, { is_kept: false });
  equal(failure, undefined);
  equal(recorded(), undefined);
  equal(rpcArguments("fail_calendly_sync").length, 1);
});

Deno.test("an old token is refreshed once, and the new one saved before it is used", async () => {
  calendlyWorld();
  playsRpc(
    "claim_calendly_token",
    { access_token: "old" },
    { claim: "claim 1", refresh_token: "single use" },
    { access_token: "new" },
  );
  playsRpc("save_calendly_tokens", () => Response.json(true));
  plays("POST /calendly-auth/oauth/token", {
    access_token: "new",
    refresh_token: "next",
    expires_in: 7200,
  });
  plays(
    "POST /calendly/webhook_subscriptions",
    status(401),
    status(201, { resource: hook("active") }),
  );
  await workOff("calendly.sync", work());

  const [claim, again] = rpcArguments("claim_calendly_token") as { refused_token: string | null }[];
  deepEqual([claim?.refused_token, again?.refused_token], [null, "old"]);
  const order = callsTo()
    .map(({ path, headers }) => `${path} ${headers.get("authorization")}`)
    .filter((call) => /token|webhook_subscriptions/.test(call));
  match(order[4] ?? "", /save_calendly_tokens/);
  match(order[5] ?? "", /webhook_subscriptions Bearer new/);
  match(callsTo("/calendly-auth/oauth/token")[0]?.body ?? "", /refresh_token=single\+use/);
});

Deno.test(
  "a refused refresh token ends the connection; one that is busy is waited for",
  async () => {
    calendlyWorld();
    playsRpc("claim_calendly_token", { claim: "claim 1", refresh_token: "used" });
    playsRpc("fail_calendly_refresh", status(204));
    plays("POST /calendly-auth/oauth/token", status(400, { error: "invalid_grant" }));
    deepEqual((await workOff("calendly.sync", work())).result, { is_kept: false });
    deepEqual(rpcArguments("fail_calendly_refresh"), [
      { coach_id: "c1", claim: "claim 1", is_refused: true },
    ]);
    equal(rpcArguments("fail_calendly_sync").length, 0);

    calendlyWorld();
    playsRpc("claim_calendly_token", { is_busy: true }, { access_token: "theirs" });
    deepEqual((await workOff("calendly.sync", work())).result, { is_kept: true, busy_times: 1 });
  },
);

Deno.test("a refresh that Calendly did not answer gives its claim back", async () => {
  calendlyWorld();
  playsRpc("claim_calendly_token", { claim: "claim 1", refresh_token: "single use" });
  playsRpc("fail_calendly_refresh", status(204));
  plays("POST /calendly-auth/oauth/token", status(503));
  await workOff("calendly.sync", work());
  deepEqual(rpcArguments("fail_calendly_refresh"), [
    { coach_id: "c1", claim: "claim 1", is_refused: false },
  ]);
});

Deno.test("disconnecting ends the webhook and both tokens, known or not", async () => {
  newWorld();
  plays("DELETE /calendly/webhook_subscriptions/w1", status(401));
  plays("POST /calendly-auth/oauth/revoke", {}, status(400));
  const { result } = await workOff("calendly.revoke", {
    access_token: "access",
    refresh_token: "refresh",
    webhook_uri: HOOK,
  });
  deepEqual(result, { revoked: true });
  deepEqual(vendorCalls(), [
    "DELETE /calendly/webhook_subscriptions/w1",
    "POST /calendly-auth/oauth/revoke",
    "POST /calendly-auth/oauth/revoke",
  ]);
});
