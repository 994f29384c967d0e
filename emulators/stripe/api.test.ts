import Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { checkoutParams, paidCheckout, startKit, type Kit } from "./test-kit.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  // Callers may err; the emulator's own answers and webhooks may not.
  const own = (await kit.violations()).filter(({ direction }) => direction !== "request");
  expect(own).toEqual([]);
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

type ErrorBody = { error: { type: string; code?: string; param?: string; message: string } };

function post(path: string, form: string, headers: Record<string, string> = {}) {
  return kit.raw(path, {
    method: "POST",
    body: form,
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  });
}

async function errorOf(response: Response) {
  const { error } = (await response.json()) as ErrorBody;
  return { status: response.status, ...error };
}

describe("credentials", () => {
  test("without a key, or with another one, nothing is told", async () => {
    const bare = await fetch(`${kit.emulator.url}/v1/customers`);
    expect(await errorOf(bare)).toMatchObject({ status: 401, type: "invalid_request_error" });

    const other = await kit.raw("/v1/customers", {
      headers: { authorization: "Bearer sk_test_somebody_elses" },
    });
    const error = await errorOf(other);
    expect(error).toMatchObject({ status: 401 });
    expect(error.message).not.toContain("somebody_elses");
  });

  test("the key also works as a user name, as with curl", async () => {
    const basic = Buffer.from("sk_test_local_emulator:").toString("base64");
    const answer = await kit.raw("/v1/customers", { headers: { authorization: `Basic ${basic}` } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("request-id")).toMatch(/^req_/);
  });

  test("another version of the API is refused", async () => {
    const answer = await kit.raw("/v1/customers", { headers: { "stripe-version": "2020-08-27" } });
    expect(await errorOf(answer)).toMatchObject({ status: 400, type: "invalid_request_error" });
  });

  test("accounts that don't exist can't be acted for", async () => {
    await expect(
      kit.stripe.balance.retrieve({}, { stripeAccount: "acct_1" }),
    ).rejects.toMatchObject({ statusCode: 403, code: "account_invalid" });
  });
});

describe("what Stripe would refuse", () => {
  test("an unknown call is an error that the SDK sees as one", async () => {
    await expect(kit.stripe.topups.list()).rejects.toMatchObject({
      statusCode: 404,
      type: "StripeInvalidRequestError",
    });
    expect(await kit.violations()).toMatchObject([{ operation: "GET /v1/topups" }]);
  });

  test.each([
    ["/v1/customers", "nme=Ben", { code: "parameter_unknown", param: "nme" }],
    [
      "/v1/checkout/sessions",
      "mode=payment&success_url=http://a.test&line_items[0][price_data][unit_amount]=1",
      { code: "parameter_missing", param: "line_items[0][price_data][currency]" },
    ],
    [
      "/v1/refunds",
      "charge=ch_1&amount=ten",
      { code: "parameter_invalid_integer", param: "amount" },
    ],
    [
      "/v1/refunds",
      "charge=ch_1&reason=cancelled",
      {
        param: "reason",
        message: "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer",
      },
    ],
    ["/v1/refunds", "charge=ch_1", { code: "resource_missing", param: "charge" }],
  ])("POST %s with %s", async (path, form, error) => {
    expect(await errorOf(await post(path, form))).toMatchObject({
      status: 400,
      type: "invalid_request_error",
      ...error,
    });
  });

  test("a breach of contract is logged for the end of a test run", async () => {
    await post("/v1/customers", "nme=Ben");
    expect(await kit.violations()).toEqual([
      expect.objectContaining({
        direction: "request",
        operation: "POST /v1/customers",
        problems: ["nme is not a known key"],
      }),
    ]);
  });

  test("a parameter without effect here is named, not ignored", async () => {
    await expect(kit.stripe.customers.create({ tax_exempt: "exempt" })).rejects.toMatchObject({
      statusCode: 400,
      param: "tax_exempt",
    });
  });

  test("an id in the path that nobody has is a 404", async () => {
    await expect(kit.stripe.customers.retrieve("cus_nobody")).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      message: "No such customer: 'cus_nobody'",
    });
    await expect(kit.stripe.customers.retrieve("constructor")).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});

describe("idempotency keys", () => {
  test("the same call again has no second effect and the same answer", async () => {
    const first = await kit.stripe.customers.create({ name: "Ben" }, { idempotencyKey: "once" });
    const second = await kit.stripe.customers.create({ name: "Ben" }, { idempotencyKey: "once" });

    expect(second.id).toBe(first.id);
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(second.lastResponse.headers["original-request"]).toBe(first.lastResponse.requestId);
    expect((await kit.stripe.customers.list()).data).toHaveLength(1);
  });

  test("another call with the same key is refused", async () => {
    await kit.stripe.customers.create({ name: "Ben" }, { idempotencyKey: "once" });
    await expect(
      kit.stripe.customers.create({ name: "Sela" }, { idempotencyKey: "once" }),
    ).rejects.toMatchObject({ type: "StripeIdempotencyError", statusCode: 400 });
    await expect(
      kit.stripe.refunds.create({ charge: "ch_1" }, { idempotencyKey: "once" }),
    ).rejects.toMatchObject({ type: "StripeIdempotencyError", statusCode: 400 });
  });

  test("a second call while the first is still running is a conflict", async () => {
    await kit.fault({ kind: "hang", method: "POST" });
    const abort = new AbortController();
    const headers = {
      "idempotency-key": "busy",
      "content-type": "application/x-www-form-urlencoded",
    };
    const request = { method: "POST", body: "name=Ben", headers };
    const first = kit.raw("/v1/customers", { ...request, signal: abort.signal });
    first.catch(() => undefined);
    await expect.poll(() => kit.admin("faults")).toEqual({ faults: [] });

    const second = await kit.raw("/v1/customers", request);
    expect(await errorOf(second)).toMatchObject({ status: 409, type: "idempotency_error" });

    abort.abort();
    await expect(first).rejects.toThrow();
    await expect.poll(async () => (await kit.raw("/v1/customers", request)).status).toBe(200);
  });

  test("a call whose answer was lost can be repeated without a second effect", async () => {
    const { intent } = await paidCheckout(kit.stripe);
    await kit.fault({ kind: "timeout-after-commit", path: "/v1/refunds" });
    // Not through the SDK: it repeats a call by itself when the connection breaks.
    const refund = () =>
      post("/v1/refunds", `payment_intent=${intent.id}&amount=5000`, { "idempotency-key": "r:1" });

    await expect(refund()).rejects.toThrow("fetch failed");
    const answer = (await (await refund()).json()) as Stripe.Refund;

    expect(answer).toMatchObject({ object: "refund", amount: 5_000 });
    expect((await kit.stripe.refunds.list()).data.map(({ id }) => id)).toEqual([answer.id]);
  });

  test("the SDK's own retry of a lost answer has one effect", async () => {
    const { hostname, port } = new URL(kit.emulator.url);
    const retrying = new Stripe("sk_test_local_emulator", {
      host: hostname,
      port,
      protocol: "http",
      maxNetworkRetries: 1,
    });
    await kit.fault({ kind: "timeout-after-commit", path: "/v1/customers" });
    await retrying.customers.create({ name: "Ben" });
    expect((await kit.stripe.customers.list()).data).toHaveLength(1);
  });

  test("a refusal is remembered, parameters that were wrong may be corrected", async () => {
    const { intent } = await paidCheckout(kit.stripe);
    const tooMuch = { payment_intent: intent.id, amount: 20_000 };
    const refused = kit.stripe.refunds.create(tooMuch, { idempotencyKey: "a" });
    await expect(refused).rejects.toMatchObject({ param: "amount" });
    await expect(kit.stripe.refunds.create(tooMuch, { idempotencyKey: "a" })).rejects.toMatchObject(
      { headers: { "idempotent-replayed": "true" } },
    );

    expect((await post("/v1/customers", "nme=Ben", { "idempotency-key": "b" })).status).toBe(400);
    expect((await post("/v1/customers", "name=Ben", { "idempotency-key": "b" })).status).toBe(200);
  });

  test("a key is forgotten after a day", async () => {
    const first = await kit.stripe.customers.create({ name: "Ben" }, { idempotencyKey: "once" });
    await kit.admin("clock", { advanceSeconds: 24 * 60 * 60 });
    const second = await kit.stripe.customers.create({ name: "Ben" }, { idempotencyKey: "once" });
    expect(second.id).not.toBe(first.id);
  });
});

describe("expanding", () => {
  test("follows references as deep as asked", async () => {
    const customer = await kit.stripe.customers.create({ name: "Ben" });
    const { session } = await paidCheckout(kit.stripe, {}, { customer: customer.id });
    const expanded = await kit.stripe.checkout.sessions.retrieve(session.id, {
      expand: ["customer", "payment_intent.latest_charge.balance_transaction", "line_items"],
    });
    expect(expanded).toMatchObject({
      customer: { id: customer.id, name: "Ben" },
      payment_intent: { latest_charge: { balance_transaction: { object: "balance_transaction" } } },
      line_items: { object: "list", data: [{ quantity: 1 }] },
    });

    const plain = await kit.stripe.checkout.sessions.retrieve(session.id);
    expect(plain.customer).toBe(customer.id);
    expect(plain.line_items).toBeUndefined();
  });

  test("works inside lists", async () => {
    const { charge } = await paidCheckout(kit.stripe);
    await kit.stripe.refunds.create({ charge: charge.id });
    const { data } = await kit.stripe.refunds.list({ expand: ["data.charge"] });
    expect(data[0]?.charge).toMatchObject({ object: "charge", refunded: true });
  });

  test("refuses what can't be expanded", async () => {
    const session = await kit.stripe.checkout.sessions.create(checkoutParams());
    for (const path of ["status", "nothing", "metadata"]) {
      await expect(
        kit.stripe.checkout.sessions.retrieve(session.id, { expand: [path] }),
      ).rejects.toMatchObject({ message: `This property cannot be expanded (${path}).` });
    }
  });
});

describe("lists", () => {
  async function names(params: Stripe.CustomerListParams) {
    const page = await kit.stripe.customers.list(params);
    return { names: page.data.map(({ name }) => name).join(""), more: page.has_more };
  }

  test("go from the newest to the oldest, page by page", async () => {
    const ids: string[] = [];
    for (const name of ["A", "B", "C", "D", "E"]) {
      ids.push((await kit.stripe.customers.create({ name })).id);
    }
    const [a, , c] = ids;
    expect(await names({})).toEqual({ names: "EDCBA", more: false });
    expect(await names({ limit: 2 })).toEqual({ names: "ED", more: true });
    expect(await names({ limit: 2, starting_after: c })).toEqual({ names: "BA", more: false });
    expect(await names({ limit: 2, ending_before: a })).toEqual({ names: "CB", more: true });
    expect(await names({ limit: 2, ending_before: c })).toEqual({ names: "ED", more: false });

    const all = await kit.stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ name }) => name).join("")).toBe("EDCBA");
  });

  test("can be narrowed", async () => {
    const early = await kit.stripe.customers.create({ name: "A", email: "a@example.com" });
    await kit.admin("clock", { advanceSeconds: 60 });
    await kit.stripe.customers.create({ name: "B", email: "b@example.com" });
    expect(await names({ email: "a@example.com" })).toEqual({ names: "A", more: false });
    expect(await names({ created: { gt: early.created } })).toEqual({ names: "B", more: false });
    expect(await names({ created: early.created })).toEqual({ names: "A", more: false });
  });

  test("refuse a limit or a cursor out of bounds", async () => {
    await expect(kit.stripe.customers.list({ limit: 101 })).rejects.toMatchObject({
      param: "limit",
    });
    await expect(kit.stripe.customers.list({ starting_after: "cus_x" })).rejects.toMatchObject({
      param: "starting_after",
      code: "resource_missing",
    });
  });
});

describe("customers", () => {
  test("are made, read and changed", async () => {
    const made = await kit.stripe.customers.create({
      name: "Ben",
      email: "ben@example.com",
      address: { state: "AZ" },
      metadata: { profile_id: "1", note: "x" },
    });
    const changed = await kit.stripe.customers.update(made.id, {
      email: "",
      metadata: { note: "", kind: "realtor" },
    });
    expect(changed).toMatchObject({
      name: "Ben",
      email: null,
      address: { state: "AZ", city: null },
      metadata: { profile_id: "1", kind: "realtor" },
    });
    expect(await kit.stripe.customers.retrieve(made.id)).toMatchObject({ email: null });

    const { data } = await kit.stripe.events.list({ type: "customer.updated" });
    expect(data[0]?.data.previous_attributes).toEqual({
      email: "ben@example.com",
      metadata: { profile_id: "1", note: "x" },
    });
  });

  test("keep metadata within Stripe's limits", async () => {
    await expect(
      kit.stripe.customers.create({ metadata: { note: "x".repeat(501) } }),
    ).rejects.toMatchObject({ param: "metadata[note]" });
    await expect(
      kit.stripe.customers.create({ metadata: { ["k".repeat(41)]: "x" } }),
    ).rejects.toMatchObject({ param: "metadata" });
  });
});

test("an outage is answered in Stripe's shape and has no effect", async () => {
  await kit.fault({ kind: "status", status: 429 });
  await expect(kit.stripe.customers.create({})).rejects.toMatchObject({
    type: "StripeRateLimitError",
  });
  await kit.fault({ kind: "status", status: 500 });
  await expect(kit.stripe.customers.create({})).rejects.toMatchObject({ type: "StripeAPIError" });
  expect((await kit.stripe.customers.list()).data).toEqual([]);
});
