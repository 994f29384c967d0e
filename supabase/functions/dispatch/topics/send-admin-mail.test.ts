import { callsTo, newWorld, plays } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { workOff } from "../testing/dispatch.ts";
import { unwrapped } from "../testing/mail.ts";

async function sent(work: object) {
  newWorld();
  plays("POST /emails", { id: "mail_1" });
  const email = "books@walkthrough.example";
  deepEqual((await workOff("mail_admins", { email, ...work })).result, { mail_id: "mail_1" });
  const [call] = callsTo("/emails");
  const mail = JSON.parse(call?.body ?? "");
  deepEqual(mail.to, [email]);
  equal(call?.headers.get("idempotency-key"), "admins:7");
  return { ...mail, text: unwrapped(mail.text) };
}

Deno.test("the admins are told what does not add up, and where to look", async () => {
  const mismatch = { kind: "money_mismatch", what: "what Stripe says of it", times: 2 };
  const { subject, text } = await sent({ ...mismatch, about: ["ch_1", "re_1"] });
  equal(subject, "The books do not add up: what Stripe says of it (2)");
  match(text, /The first of 2: ch_1, re_1/);
  match(text, /snippet money_mismatch/);

  equal((await sent({ ...mismatch, about: null })).text.includes("The first of"), false);
});

Deno.test(
  "the admins are told of a refund that failed, and of work that was given up",
  async () => {
    const refund = { kind: "refund_failed", refund_id: "r1", order_id: "o1" };
    const failed = await sent({ ...refund, stripe_refund_id: "re_1", amount_cents: 15000 });
    equal(failed.subject, "A refund failed: $150.00");
    match(failed.text, /order o1.*re_1.*failed_refunds/s);

    const work = { kind: "work_given_up", work: "stripe.transfer", outbox_id: 7 };
    const { subject, text } = await sent({ ...work, error: "No such destination" });
    equal(subject, "Work for Stripe was given up: stripe.transfer");
    match(text, /No such destination.*failed_work/s);
  },
);

const DISPUTE = {
  order_id: "o1",
  stripe_dispute_id: "dp_1",
  reason: "product_not_received",
  amount_cents: 15000,
  evidence_due_at: "2026-12-08T16:00:00+00:00",
};
const STEPS = {
  dispute_asked: /^A bank asks about a payment: \$150\.00$/,
  dispute_opened: /^A bank took a payment back: \$150\.00$/,
  dispute_won: /^A dispute is won: \$150\.00$/,
  dispute_lost: /^A dispute is lost: \$150\.00$/,
};
for (const [kind, says] of Object.entries(STEPS)) {
  Deno.test(`the admins are told of a ${kind}`, async () => {
    const { subject, text } = await sent({ kind, ...DISPUTE });
    match(subject, says);
    match(text, /order o1.*product_not_received.*dp_1/s);
    const isOpen = kind === "dispute_asked" || kind === "dispute_opened";
    equal(
      /by Tuesday, December 8, 2026 at 4:00\sPM, Coordinated Universal Time/.test(text),
      isOpen,
    );
  });
}
