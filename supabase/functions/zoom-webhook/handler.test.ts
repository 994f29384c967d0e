import {
  callsTo,
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

type Delivery = {
  secret?: string;
  secondsOld?: number;
  inMilliseconds?: boolean;
  changed?: string;
};

/** A request as Zoom makes it, or as somebody who knows less than Zoom. */
async function delivery(
  event: unknown,
  { secret = SECRETS.zoom, secondsOld = 0, inMilliseconds, changed }: Delivery = {},
) {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const sentAt = Date.now() - secondsOld * 1000;
  const timestamp = String(inMilliseconds ? sentAt : Math.floor(sentAt / 1000));
  return new Request("http://function/zoom-webhook", {
    method: "POST",
    headers: {
      "x-zm-request-timestamp": timestamp,
      "x-zm-signature": `v0=${await hmacHex(secret, `v0:${timestamp}:${body}`)}`,
    },
    body: changed ?? body,
  });
}

const started = {
  event: "meeting.started",
  event_ts: 1_780_000_000_000,
  payload: {
    account_id: "account",
    object: { id: "123", uuid: "run-1==", start_time: "2026-11-24T16:00:00Z" },
  },
};

function visit(event: string, participant: object) {
  return { ...started, event, payload: { object: { ...started.payload.object, participant } } };
}

async function codeOf(response: Response): Promise<string> {
  return (await response.json()).error.code;
}

function plainWorld(): void {
  newWorld();
  playsRpc("apply_zoom_event", status(204));
  playsRpc("record_security_event", status(204));
}

/** The id under which an event was handed on. */
async function eventIdOf(event: object): Promise<unknown> {
  plainWorld();
  equal((await handle(await delivery(event))).status, 200);
  return (rpcArguments("apply_zoom_event")[0] as { event_id: unknown }).event_id;
}

Deno.test("zoom-webhook hands a signed event on, as it came", async () => {
  plainWorld();
  const response = await handle(await delivery(started));

  equal(response.status, 200);
  deepEqual(await response.json(), { data: "received" });
  deepEqual(rpcArguments("apply_zoom_event"), [
    { event_id: "meeting.started:run-1==:1780000000000:", event: started },
  ]);
});

Deno.test("zoom-webhook takes ids that are numbers and timestamps in milliseconds", async () => {
  plainWorld();
  const created = { event: "meeting.created", payload: { object: { id: 123, uuid: "run-1==" } } };
  equal((await handle(await delivery(created, { inMilliseconds: true }))).status, 200);
  deepEqual(rpcArguments("apply_zoom_event"), [
    {
      event_id: "meeting.created:run-1==::",
      event: { event: "meeting.created", payload: { object: { id: "123", uuid: "run-1==" } } },
    },
  ]);
});

Deno.test("zoom-webhook hands on no key to a recording's files", async () => {
  plainWorld();
  const recorded = { ...started, event: "recording.completed", download_token: "key" };
  equal((await handle(await delivery(recorded))).status, 200);
  deepEqual(rpcArguments("apply_zoom_event"), [
    {
      event_id: "recording.completed:run-1==:1780000000000:",
      event: { ...started, event: "recording.completed" },
    },
  ]);
});

Deno.test("zoom-webhook checks the text that was signed, to the last space", async () => {
  plainWorld();
  const text = ` ${JSON.stringify(started)}\n`;
  equal((await handle(await delivery(text))).status, 200);
  const { value: response } = await quietly(async () =>
    handle(await delivery(text, { changed: text.trim() })),
  );
  equal(response.status, 400);
});

Deno.test("zoom-webhook gives a retry the same id and every other event another", async () => {
  const events = [
    started,
    { ...started, event: "meeting.ended" },
    { ...started, event_ts: started.event_ts + 1 },
    { ...started, payload: { object: { ...started.payload.object, uuid: "run-2==" } } },
    visit("meeting.participant_joined", { participant_uuid: "A", user_id: "1" }),
    visit("meeting.participant_joined", { participant_uuid: "B", user_id: "1" }),
    visit("meeting.participant_joined", { user_id: "1" }),
    visit("meeting.participant_left", { participant_uuid: "A", user_id: "1" }),
  ];
  const ids = [];
  for (const event of events) {
    const id = await eventIdOf(event);
    equal(await eventIdOf(event), id);
    ids.push(id);
  }
  equal(new Set(ids).size, events.length);
});

Deno.test(
  "zoom-webhook proves that it knows the secret when asked, and stores nothing",
  async () => {
    plainWorld();
    const response = await handle(
      await delivery({ event: "endpoint.url_validation", payload: { plainToken: "plain" } }),
    );

    equal(response.status, 200);
    deepEqual(await response.json(), {
      plainToken: "plain",
      encryptedToken: await hmacHex(SECRETS.zoom, "plain"),
    });
    deepEqual(callsTo(), []);
  },
);

Deno.test("zoom-webhook proves nothing to somebody who does not know the secret", async () => {
  plainWorld();
  const challenge = { event: "endpoint.url_validation", payload: { plainToken: "plain" } };
  const { value: response } = await quietly(async () =>
    handle(await delivery(challenge, { secret: "guess" })),
  );
  equal(response.status, 400);
});

const REFUSED: { name: string; how: Delivery; code: string }[] = [
  { name: "signed with another secret", how: { secret: "guess" }, code: "signature_invalid" },
  {
    name: "changed after it was signed",
    how: { changed: JSON.stringify({ ...started, event_ts: 1 }) },
    code: "signature_invalid",
  },
  { name: "signed more than five minutes ago", how: { secondsOld: 302 }, code: "signature_stale" },
  {
    name: "signed more than five minutes ahead",
    how: { secondsOld: -302 },
    code: "signature_stale",
  },
];
for (const { name, how, code } of REFUSED) {
  Deno.test(`zoom-webhook refuses and notes what was ${name}`, async () => {
    plainWorld();
    const { value: response } = await quietly(async () => handle(await delivery(started, how)));

    equal(response.status, 400);
    equal(await codeOf(response), code);
    deepEqual(rpcArguments("apply_zoom_event"), []);
    deepEqual(rpcArguments("record_security_event"), [
      { kind: "webhook_refused", detail: { vendor: "zoom", reason: code } },
    ]);
  });
}

Deno.test(
  "zoom-webhook refuses and notes what is not signed at all, or when it cannot be told",
  async () => {
    plainWorld();
    for (const headers of [
      {},
      { "x-zm-signature": "v0=1" },
      { "x-zm-request-timestamp": "soon", "x-zm-signature": "v0=1" },
    ]) {
      const request = new Request("http://function/", {
        method: "POST",
        headers: headers as HeadersInit,
        body: "{}",
      });
      const { value: response } = await quietly(() => handle(request));
      equal(response.status, 400);
    }
    equal(rpcArguments("record_security_event").length, 3);
  },
);

Deno.test("zoom-webhook stores nothing that is signed but no event", async () => {
  plainWorld();
  for (const body of ["", "not json", "[]", JSON.stringify({ event: "meeting.started" })]) {
    const response = await handle(await delivery(body));
    equal(response.status, 400);
    equal(await codeOf(response), "body_malformed");
  }
  deepEqual(callsTo(), []);
});

Deno.test("zoom-webhook asks for the event again when it could not be stored", async () => {
  plainWorld();
  playsRpc("apply_zoom_event", status(500, { code: "XX000", message: "no" }));
  const { value: response } = await quietly(async () => handle(await delivery(started)));
  equal(response.status, 500);
  equal(await codeOf(response), "event_not_applied");
});

Deno.test("zoom-webhook takes POST only", async () => {
  plainWorld();
  equal((await handle(new Request("http://function/"))).status, 405);
});
