import { callsTo, newWorld, plays } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";
import { conversation, work } from "../testing/mail.ts";

const review = { ...work, notification_id: "n1", kind: "review_received" };
const message = {
  ...work,
  notification_id: "n2",
  kind: "message_unanswered",
  booking: null,
  conversation,
};
const digest = {
  digest_id: "d1",
  clerk_user_id: "user_1",
  email: "dana@example.com",
  first_name: "Dana",
  unsubscribe_token: "token_of_summaries",
};

async function sent(notices: object[]) {
  newWorld();
  plays("POST /emails", { id: "mail_1" });
  const { result } = await workOff("mail_digest", { ...digest, notices });
  const [call] = callsTo("/emails");
  return { ...JSON.parse(call?.body ?? ""), key: call?.headers.get("idempotency-key"), result };
}

Deno.test("a digest is one mail that says each notice and leads to it", async () => {
  const mail = await sent([review, message]);
  deepEqual(mail.to, ["dana@example.com"]);
  equal(mail.subject, "2 things that happened on Walkthrough");
  equal(mail.key, "digest:d1");
  deepEqual(mail.result, {
    mail_id: "mail_1",
    subject: mail.subject,
    notification_ids: ["n1", "n2"],
  });
  for (const form of [mail.html, mail.text]) {
    match(form, /Maria Lopez reviewed your session/);
    match(form, /https:\/\/walkthrough\.test\/bookings\/b1\/review/);
    match(form, /Maria Lopez waits for your answer/);
    match(form, /https:\/\/walkthrough\.test\/messages\/c1/);
    match(form, /https:\/\/walkthrough\.test\/settings\/notifications/);
  }
});

Deno.test("a digest can be stopped in one click, and says where to choose", async () => {
  const mail = await sent([review]);
  deepEqual(mail.headers, {
    "List-Unsubscribe": "<https://walkthrough.test/unsubscribe/token_of_summaries>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  });
  match(mail.text, /https:\/\/walkthrough\.test\/unsubscribe\/token_of_summaries/);
  match(mail.text, /https:\/\/walkthrough\.test\/settings\/notifications/);
});

Deno.test("a digest of one thing is called by it", async () => {
  equal((await sent([review])).subject, "Maria Lopez reviewed your session");
});

Deno.test("a notice in the app says what its mail's subject would", async () => {
  newWorld();
  deepEqual((await workOff("in_app", message)).result, {
    sentence: "Maria Lopez waits for your answer",
    path: "/messages/c1",
  });
});
