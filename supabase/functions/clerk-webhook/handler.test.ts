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

const handle = await loadFunction(() => import("./index.ts"));

type Delivery = { id?: string; secret?: string; secondsOld?: number; changed?: string };

const user = { type: "user.updated", object: "event", data: { id: "user_1", email_addresses: [] } };

/** A request as Svix makes it for Clerk, or as somebody who knows less. */
async function delivery({
  id = "msg_1",
  secret = SECRETS.clerk,
  secondsOld = 0,
  changed,
}: Delivery = {}) {
  const body = JSON.stringify(user);
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsOld);
  const headers = {
    "svix-id": id,
    "svix-timestamp": timestamp,
    "svix-signature": `v1,${await signature(secret, `${id}.${timestamp}.${body}`)}`,
  };
  return new Request("http://function/clerk-webhook", {
    method: "POST",
    headers,
    body: changed ?? body,
  });
}

/** HMAC-SHA256 as base64, by the secret's bytes (https://docs.svix.com/receiving/verifying-payloads/how-manual). */
async function signature(secret: string, text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice("whsec_".length)), (character) =>
    character.charCodeAt(0),
  );
  const key = await crypto.subtle.importKey(
    "raw",
    bytes,
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
}

async function codeOf(response: Response): Promise<string> {
  return (await response.json()).error.code;
}

function plainWorld(): void {
  newWorld();
  playsRpc("apply_clerk_event", status(204));
  playsRpc("record_security_event", status(204));
}

Deno.test("clerk-webhook hands a signed event on, under the delivery's id", async () => {
  plainWorld();
  const response = await handle(await delivery({ id: "msg_7" }));

  equal(response.status, 200);
  const [applied] = rpcArguments("apply_clerk_event") as { event_id: string; event: typeof user }[];
  equal(applied?.event_id, "msg_7");
  equal(applied?.event.type, "user.updated");
  deepEqual(applied?.event.data, user.data);
});

const REFUSED: { name: string; how: Delivery }[] = [
  {
    name: "signed with another secret",
    how: { secret: `whsec_${btoa("somebody else's secret")}` },
  },
  { name: "signed more than five minutes ago", how: { secondsOld: 302 } },
  {
    name: "changed after it was signed",
    how: { changed: JSON.stringify({ ...user, type: "user.deleted" }) },
  },
];
for (const { name, how } of REFUSED) {
  Deno.test(`clerk-webhook refuses and notes what was ${name}`, async () => {
    plainWorld();
    const { value: response } = await quietly(async () => handle(await delivery(how)));

    equal(response.status, 400);
    equal(await codeOf(response), "signature_invalid");
    deepEqual(rpcArguments("apply_clerk_event"), []);
    deepEqual(rpcArguments("record_security_event"), [
      { kind: "webhook_refused", detail: { vendor: "clerk", reason: "signature_invalid" } },
    ]);
  });
}

Deno.test("clerk-webhook refuses and notes what is not signed at all", async () => {
  plainWorld();
  const { value: response } = await quietly(() =>
    handle(new Request("http://function/", { method: "POST", body: "{}" })),
  );
  equal(response.status, 400);
  equal(await codeOf(response), "signature_missing");
  equal(rpcArguments("record_security_event").length, 1);
});

Deno.test("clerk-webhook asks for the event again when it could not be stored", async () => {
  plainWorld();
  playsRpc("apply_clerk_event", status(500, { code: "XX000", message: "no" }));
  const { value: response } = await quietly(async () => handle(await delivery()));
  equal(response.status, 500);
  equal(await codeOf(response), "event_not_applied");
});

Deno.test("clerk-webhook takes POST only", async () => {
  plainWorld();
  equal((await handle(new Request("http://function/"))).status, 405);
  deepEqual(callsTo(), []);
});
