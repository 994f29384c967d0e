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

type Delivery = {
  event?: object;
  id?: string;
  secret?: string;
  secondsOld?: number;
  changed?: string;
};

const bounce = {
  type: "email.bounced",
  created_at: "2026-11-22T23:41:12.126Z",
  data: {
    email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
    to: ["dana@example.com"],
    created_at: "2026-11-22T23:41:11.894719+00:00",
    bounce: { type: "Permanent", subType: "General", message: "No such mailbox." },
  },
};

/** A request as Svix makes it for Resend, or as somebody who knows less. */
async function delivery({
  event = bounce,
  id = "msg_1",
  secret = SECRETS.resend,
  secondsOld = 0,
  changed,
}: Delivery = {}) {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsOld);
  const headers = {
    "svix-id": id,
    "svix-timestamp": timestamp,
    "svix-signature": `v1,${await signature(secret, `${id}.${timestamp}.${body}`)}`,
  };
  return new Request("http://function/resend-webhook", {
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
  playsRpc("apply_resend_event", status(204));
  playsRpc("record_security_event", status(204));
}

Deno.test("resend-webhook hands a signed event on, under the delivery's id", async () => {
  plainWorld();
  const response = await handle(await delivery({ id: "msg_7" }));

  equal(response.status, 200);
  const [applied] = rpcArguments("apply_resend_event") as {
    event_id: string;
    event: typeof bounce;
  }[];
  equal(applied?.event_id, "msg_7");
  deepEqual(applied?.event, bounce);
});

const REFUSED: { name: string; how: Delivery }[] = [
  {
    name: "signed with another secret",
    how: { secret: `whsec_${btoa("somebody else's secret")}` },
  },
  { name: "signed more than five minutes ago", how: { secondsOld: 302 } },
  {
    name: "changed after it was signed",
    how: { changed: JSON.stringify({ ...bounce, type: "email.delivered" }) },
  },
];
for (const { name, how } of REFUSED) {
  Deno.test(`resend-webhook refuses and notes what was ${name}`, async () => {
    plainWorld();
    const { value: response } = await quietly(async () => handle(await delivery(how)));

    equal(response.status, 400);
    equal(await codeOf(response), "signature_invalid");
    deepEqual(rpcArguments("apply_resend_event"), []);
    deepEqual(rpcArguments("record_security_event"), [
      { kind: "webhook_refused", detail: { vendor: "resend", reason: "signature_invalid" } },
    ]);
  });
}

Deno.test(
  "resend-webhook takes one of several signatures, as while a secret is changed",
  async () => {
    plainWorld();
    const request = await delivery();
    const old = `v1,${btoa("another secret's signature 32 by")}`;
    request.headers.set("svix-signature", `${old} ${request.headers.get("svix-signature")}`);
    equal((await handle(request)).status, 200);
  },
);

Deno.test("resend-webhook leaves alone what is about no mail", async () => {
  plainWorld();
  const event = { type: "domain.updated", created_at: bounce.created_at, data: { id: "d1" } };
  equal((await handle(await delivery({ event }))).status, 200);
  deepEqual(rpcArguments("apply_resend_event"), []);
});

Deno.test("resend-webhook refuses and notes what is not signed at all", async () => {
  plainWorld();
  const { value: response } = await quietly(() =>
    handle(new Request("http://function/", { method: "POST", body: "{}" })),
  );
  equal(response.status, 400);
  equal(await codeOf(response), "signature_missing");
  equal(rpcArguments("record_security_event").length, 1);
});

Deno.test("resend-webhook asks for the event again when it could not be stored", async () => {
  plainWorld();
  playsRpc("apply_resend_event", status(500, { code: "XX000", message: "no" }));
  const { value: response } = await quietly(async () => handle(await delivery()));
  equal(response.status, 500);
  equal(await codeOf(response), "event_not_applied");
});

Deno.test("resend-webhook takes POST only", async () => {
  plainWorld();
  equal((await handle(new Request("http://function/"))).status, 405);
  deepEqual(callsTo(), []);
});
