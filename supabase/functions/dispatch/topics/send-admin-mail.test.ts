import { callsTo, newWorld, plays } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";

Deno.test("the admins are told what does not add up, and where to look", async () => {
  newWorld();
  plays("POST /emails", { id: "mail_1" });
  const work = {
    kind: "money_mismatch",
    email: "books@walkthrough.example",
    what: "what Stripe says of it",
    times: 2,
    about: ["ch_1", "re_1"],
  };
  deepEqual((await workOff("mail_admins", work)).result, { mail_id: "mail_1" });

  const [call] = callsTo("/emails");
  const { to, subject, text } = JSON.parse(call?.body ?? "");
  deepEqual(to, ["books@walkthrough.example"]);
  equal(subject, "The books do not add up: what Stripe says of it (2)");
  match(text, /The first of 2: ch_1, re_1/);
  match(text, /snippet money_mismatch/);
  equal(call?.headers.get("idempotency-key"), "admins:7");
});
