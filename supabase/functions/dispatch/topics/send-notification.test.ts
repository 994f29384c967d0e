import {
  callsTo,
  newWorld,
  plays,
  playsRpc,
  rpcArguments,
  status,
} from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";
import { sent, work } from "../testing/mail.ts";

Deno.test(
  "a mail that is sent again, an hour later, is the same to the letter, and never for later",
  async () => {
    const first = await sent();
    const { now } = Date;
    Date.now = () => now() + 3_600_000;
    const again = await sent().finally(() => (Date.now = now));
    deepEqual(again, first);
    equal("scheduled_at" in first, false);
  },
);

Deno.test(
  "what need not come can be stopped in one click, from its header and its footer",
  async () => {
    const mail = await sent({ kind: "session_reminder", unsubscribe_token: "token" });
    deepEqual(mail.headers, {
      "List-Unsubscribe": "<https://walkthrough.test/unsubscribe/token>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    for (const form of [mail.html, mail.text]) {
      match(form, /https:\/\/walkthrough\.test\/unsubscribe\/token/);
      match(form, /https:\/\/walkthrough\.test\/settings\/notifications/);
    }
  },
);

Deno.test("what has to come can't be stopped, and says where the rest is chosen", async () => {
  const mail = await sent({ unsubscribe_token: null });
  deepEqual(mail.headers, {});
  equal(/unsubscribe/i.test(mail.html + mail.text), false);
  match(mail.text, /https:\/\/walkthrough\.test\/settings\/notifications/);
});

Deno.test("a mail of the same key with other words was sent before: it is done", async () => {
  newWorld();
  plays(
    "POST /emails",
    status(409, { statusCode: 409, name: "invalid_idempotent_request", message: "Same key." }),
  );
  deepEqual(await workOff("mail", work), {
    result: { mail_id: null, subject: "Confirmed: Listing rehearsal with Maria Lopez" },
  });
});

const FAILURES = [
  {
    resend: "that the key is in use",
    answer: status(409, { name: "concurrent_idempotent_requests" }),
    permanent: false,
    wait: null,
  },
  {
    resend: "409 and no reason",
    answer: () => new Response("?", { status: 409 }),
    permanent: false,
    wait: null,
  },
  {
    resend: "too many mails",
    answer: status(429, {}, { "retry-after": "2" }),
    permanent: false,
    wait: 2,
  },
  { resend: "trouble", answer: status(500), permanent: false, wait: null },
  {
    resend: "that the address is none",
    answer: status(422, { name: "validation_error" }),
    permanent: true,
    wait: null,
  },
];
for (const { resend, answer, permanent, wait } of FAILURES) {
  Deno.test(`Resend answers ${resend}: ${permanent ? "given up" : "tried again"}`, async () => {
    newWorld();
    plays("POST /emails", answer);
    const { result, failure } = await workOff("mail", work);
    equal(result, undefined);
    equal(failure?.is_permanent, permanent);
    equal(failure?.retry_after_seconds, wait);
  });
}

Deno.test("an address that no webhook brought is asked of Clerk, and kept", async () => {
  const user = { id: "user_1", email_addresses: [{ id: "i1", email_address: "dana@example.com" }] };
  newWorld();
  plays("POST /emails", { id: "mail_1" });
  plays("GET /v1/users/user_1", user);
  playsRpc("sync_clerk_user", status(204));
  const outcome = await workOff("mail", [{ ...work, email: null }, work]);

  deepEqual(outcome, {
    result: { mail_id: "mail_1", subject: "Confirmed: Listing rehearsal with Maria Lopez" },
  });
  deepEqual(rpcArguments("sync_clerk_user"), [{ clerk_user: user }]);
  deepEqual(JSON.parse(callsTo("/emails")[0]?.body ?? "").to, ["dana@example.com"]);
});

Deno.test("while nobody knows the address, the mail waits", async () => {
  for (const answer of [status(404), status(500), { id: "user_1", email_addresses: [] }]) {
    newWorld();
    plays("GET /v1/users/user_1", answer);
    playsRpc("sync_clerk_user", status(204));
    const { result, failure } = await workOff("mail", { ...work, email: null });
    equal(result, undefined);
    equal(failure?.is_permanent, false);
    equal(callsTo("/emails").length, 0);
  }
});

Deno.test("a kind without words is a mistake of ours, and stays in the outbox", async () => {
  newWorld();
  const { failure } = await workOff("mail", { ...work, kind: "unheard_of" });
  match(failure?.error ?? "", /No words for a notification of kind unheard_of/);
});
