import { callsTo, newWorld, plays } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";
import { unwrapped } from "../testing/mail.ts";

const mail = {
  id: "g1",
  kind: "asked",
  email: "nora@work.example",
  name: "Nora <b>Vale</b>",
  coach_name: "Maria Lopez",
  offer_title: "Listing rehearsal",
  price_cents: 15000,
  starts_at: "2026-11-24T16:00:00+00:00",
  ends_at: "2026-11-24T17:00:00+00:00",
  time_zone: "America/Phoenix",
  pay_by: "2026-11-23T16:00:00+00:00",
};

async function sent(changes: object = {}) {
  newWorld();
  plays("POST /emails", { id: "mail_1" });
  deepEqual(await workOff("mail_guest", { ...mail, ...changes }), {
    result: { mail_id: "mail_1" },
  });
  const [call] = callsTo("/emails");
  const sentMail = JSON.parse(call?.body ?? "");
  const key = call?.headers.get("idempotency-key");
  return { ...sentMail, text: unwrapped(sentMail.text), key };
}

Deno.test("who booked at Calendly is asked in, by a link that knows what it is about", async () => {
  const { to, subject, text, html, key } = await sent();
  deepEqual(to, ["nora@work.example"]);
  equal(subject, "One more step for your session with Maria Lopez");
  match(text, /https:\/\/walkthrough\.test\/booked-at-calendly\/g1/);
  match(text, /November 24, 2026, 9:00\s–\s10:00\sAM, Mountain Standard Time/);
  match(text, /pay \$150\.00 by Monday, November 23, 2026 at\s9:00\sAM, Mountain/);
  match(text, /because this address was given/);
  equal(html.includes("<b>Vale"), false);
  equal(key, "guest:7");
});

Deno.test("of a free session nobody reads about money", async () => {
  const { text } = await sent({ price_cents: 0 });
  match(text, /It is free\./);
  equal(/\$|pay /.test(text), false);
});

Deno.test("a time that is gone, and one that was not confirmed, are told", async () => {
  const clash = await sent({ kind: "clash" });
  match(clash.subject, /^Please choose another time with Maria Lopez$/);
  match(clash.text, /there is nothing to pay for this one/);
  const lapsed = await sent({ kind: "lapsed" });
  match(lapsed.subject, /^Called off: Listing rehearsal with Maria Lopez$/);
  match(lapsed.text, /nothing was charged/);
});
