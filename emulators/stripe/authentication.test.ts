import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { authenticate, checkoutParams, startKit, submitCard, type Kit } from "./test-kit.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

async function eventTypes(): Promise<string[]> {
  const { data } = await kit.stripe.events.list({ limit: 100 });
  return data.map(({ type }) => type).reverse();
}

/** A checkout whose card's bank now asks the person. */
async function asked(number: string) {
  const session = await kit.stripe.checkout.sessions.create(checkoutParams());
  const answer = await submitCard(session.url, { number });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toContain("/authenticate/pi_");
  return { session, answer };
}

describe("3-D Secure", () => {
  test.each(["4000000000003220", "4000002500003155", "4000002760003184"])(
    "with the card %s asks before anything is charged, and then pays",
    async (number) => {
      const { session, answer } = await asked(number);
      const waiting = await kit.stripe.checkout.sessions.retrieve(session.id, {
        expand: ["payment_intent"],
      });
      expect(waiting).toMatchObject({
        status: "open",
        payment_intent: { status: "requires_action", next_action: { type: "redirect_to_url" } },
      });
      expect((await kit.stripe.charges.list()).data).toEqual([]);
      const page = await fetch(answer.headers.get("location") ?? "");
      expect(await page.text()).toContain("Your bank asks whether this is you");

      const back = await authenticate(kit, answer, "complete");
      expect(back.headers.get("location")).toBe(`http://site.test/paid?session=${session.id}`);
      expect(await kit.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
        status: "complete",
        payment_status: "paid",
      });
      expect(await eventTypes()).toEqual([
        "payment_intent.created",
        "payment_intent.requires_action",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
      ]);
    },
  );

  test("that fails charges nothing, leads back to the page, and another card pays", async () => {
    const { session, answer } = await asked("4000000000003220");
    const back = await authenticate(kit, answer, "fail");
    expect(back.headers.get("location")).toBe(`/c/pay/${session.id}`);
    const page = await fetch(session.url ?? "");
    expect(await page.text()).toContain("We are unable to authenticate your payment method.");
    expect(
      await kit.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] }),
    ).toMatchObject({
      status: "open",
      payment_intent: {
        status: "requires_payment_method",
        last_payment_error: { code: "payment_intent_authentication_failure" },
      },
    });
    expect((await kit.stripe.charges.list()).data).toEqual([]);

    expect((await submitCard(session.url)).headers.get("location")).toContain("site.test/paid");
    expect((await eventTypes()).filter((type) => type.startsWith("payment_intent."))).toEqual([
      "payment_intent.created",
      "payment_intent.requires_action",
      "payment_intent.payment_failed",
      "payment_intent.succeeded",
    ]);
  });

  test("doesn't help a card that is then declined", async () => {
    const { session, answer } = await asked("4000008400001629");
    const back = await authenticate(kit, answer, "complete");
    expect(back.headers.get("location")).toBe(`/c/pay/${session.id}`);
    const page = await fetch(session.url ?? "");
    expect(await page.text()).toContain("Your card was declined.");
    expect((await kit.stripe.charges.list()).data).toMatchObject([{ status: "failed" }]);
  });

  test("can be answered once", async () => {
    const { answer } = await asked("4000000000003220");
    await authenticate(kit, answer, "complete");
    expect((await authenticate(kit, answer, "complete")).status).toBe(404);
    expect((await kit.stripe.charges.list()).data).toHaveLength(1);
  });
});
