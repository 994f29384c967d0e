import {
  booking,
  decision,
  instalment,
  literally,
  opening,
  ownMembership,
  ownPackage,
  seen,
  sent,
} from "../testing/mail.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { KINDS } from "../testing/kinds.ts";

/** The kinds that the database knows (supabase/seed.sql). */
function seededKinds(): string[] {
  const seed = Deno.readTextFileSync(new URL("../../../seed.sql", import.meta.url));
  const rows = /into public\.notification_kinds[^;]*/.exec(seed)?.[0] ?? "";
  return [...rows.matchAll(/^ {2}\('(\w+)'/gm)].map(([, kind = ""]) => kind);
}

Deno.test("every kind of notification has its words here", () => {
  deepEqual(Object.keys(KINDS).sort(), seededKinds().sort());
});

for (const [kind, expected] of Object.entries(KINDS)) {
  const { booking, opening, dispute, subject, link, says } = expected;
  Deno.test(`the mail of ${kind} says it, in HTML and in text, and leads on`, async () => {
    const mail = await sent({
      kind,
      booking,
      opening,
      package: expected.package,
      instalment: expected.instalment,
      membership: expected.membership,
      dispute,
      conversation: expected.conversation,
      ...(expected.told_at && { told_at: expected.told_at }),
      decision: expected.decision,
    });

    deepEqual(mail.to, ["dana@example.com"]);
    equal(mail.from, "Walkthrough <sessions@walkthrough.test>");
    equal(mail.key, "notification:n1");
    match(mail.subject, subject);
    match(mail.html, new RegExp(`href="https://walkthrough\\.test${link}"`));
    match(mail.text, new RegExp(`https://walkthrough\\.test${link}\\b`));
    for (const words of [/Hello Dana,/, ...says]) {
      match(seen(mail.html), words);
      match(mail.text.replace(/\s+/g, " "), words);
    }
    equal(
      Boolean(mail.attachments),
      ["booking_confirmed", "booking_moved", "booking_cancelled"].includes(kind),
    );
  });
}

Deno.test(
  "what is paid in parts says which, what the bank wants, and why it has ended",
  async () => {
    const part = { ...ownPackage, instalments: 3, paid_now_cents: 20000 };
    const bought = await sent({ kind: "package_bought", booking: null, package: part });
    match(seen(bought.html), /You paid \$200\.00, the first of 3 parts of \$600\.00/);
    const sold = await sent({ kind: "package_sold", booking: null, package: part });
    match(seen(sold.html), /Dana Reed pays in 3 parts for 6 sessions/);
    const late = await sent({ kind: "package_returned", booking: null, package: part });
    match(seen(late.html), /no longer to be paid.*All of it, \$200\.00/);

    const asked = { ...instalment, needs_action: true };
    const failed = await sent({ kind: "instalment_failed", booking: null, instalment: asked });
    match(seen(failed.html), /bank wants you to confirm the \$200\.00/);
    equal(seen(failed.html).includes("again on"), false);

    const stopped = { ...instalment, party: "coach" as const, ended_reason: "stopped" };
    const ended = await sent({ kind: "plan_ended", booking: null, instalment: stopped });
    match(seen(ended.html), /1 of 3 parts is paid, and no more will be\. They have stopped it\./);
    const byCoach = { ...instalment, ended_reason: "package_ended" };
    const told = await sent({ kind: "plan_ended", booking: null, instalment: byCoach });
    equal(seen(told.html).includes("stay yours"), false);
  },
);

Deno.test("a time that opened before a session leads to moving it there", async () => {
  const { html, text } = await sent({
    kind: "slot_opened",
    booking: null,
    opening: { ...opening, booking_id: "b1" },
  });
  match(html, /href="https:\/\/walkthrough\.test\/bookings\/b1\/move\?week=2026-11-24&amp;slot=/);
  match(seen(html), /Move my session there/);
  match(text, /open your session and choose “Something sooner”/);
});

Deno.test("what people typed is text, never markup", async () => {
  const rude = {
    ...booking,
    coach_name: `<img src=x onerror="alert(1)"> & Co`,
    offer_title: "</title><script>",
    cancelled_by: "coach",
    cancel_reason: "<b>no</b>",
  };
  const { html, text } = await sent({
    kind: "booking_cancelled",
    booking: rude,
    first_name: "<i>Dana</i>",
  });

  equal(/<img src=x|<script|<b>no|<i>Dana/.test(html), false);
  match(html, /&lt;img src=x/);
  match(html, /&lt;i&gt;Dana/);
  match(text, /<b>no<\/b>/);
});

Deno.test("without a first name the greeting is short", async () => {
  match((await sent({ first_name: "" })).text, /Hello,/);
});

Deno.test("a trial that ends soon is called one", async () => {
  const membership = { ...ownMembership, is_trial: true };
  const renewing = await sent({ kind: "membership_renewing", booking: null, membership });
  match(renewing.subject, /^Your trial with Maria Lopez ends soon$/);
  match(
    seen(renewing.html),
    /Then \$280\.00 will be charged to your card, and again every month\./,
  );
  const begun = await sent({ kind: "membership_begun", booking: null, membership });
  match(seen(begun.html), /The first charge of \$280\.00 is due on Tuesday, December 1/);
  const joined = await sent({ kind: "member_joined", booking: null, membership });
  match(seen(joined.html), /Dana Reed tries Two sessions a month until Tuesday, December 1/);
});

Deno.test("who is charged soon reads that tax comes on top where it does", async () => {
  const membership = { ...ownMembership, is_taxed: true };
  const CASES = [
    { kind: "instalment_due", price: "$200.00" },
    { kind: "membership_begun", price: "$280.00" },
    { kind: "membership_renewing", price: "$280.00" },
    { kind: "membership_renewing", price: "$280.00", is_trial: true },
    { kind: "membership_payment_failed", price: "$280.00" },
  ];
  for (const { kind, price, is_trial = false } of CASES) {
    const { text } = await sent({
      kind,
      booking: null,
      membership: { ...membership, is_trial },
      instalment: { ...instalment, is_taxed: true },
    });
    match(
      text.replace(/\s+/g, " "),
      new RegExp(`${literally(`${price}, plus tax where it applies, `).source}(is|was|will be) `),
    );
  }
});

Deno.test("whoever reported a conversation reads that it was closed", async () => {
  const mail = await sent({
    kind: "report_decided",
    booking: null,
    decision: { ...decision, subject: "conversation", is_removed: true },
  });
  equal(mail.subject, "The conversation you reported was closed");
  match(mail.text, /nobody writes in it any more/);
  match(mail.text, /\/messages/);
});

Deno.test("whoever reported a reply is led to how reviews work", async () => {
  const mail = await sent({
    kind: "report_decided",
    booking: null,
    decision: { ...decision, subject: "reply", is_removed: true },
  });
  equal(mail.subject, "What you reported was removed");
  match(mail.text, /\/how-reviews-work/);
});
