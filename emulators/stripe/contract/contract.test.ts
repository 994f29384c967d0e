import { beforeAll, describe, expect, test } from "vitest";

import { check } from "./check.ts";
import { loadContract } from "./load.ts";
import { nestForm, typeForm } from "./read-form.ts";
import type { Contract } from "./schema.ts";
import { SDK_RESOURCES } from "./sdk-resources.ts";

let contract: Contract;

beforeAll(async () => {
  contract = await loadContract(SDK_RESOURCES);
}, 60_000);

function paramProblems(operation: string, form: string) {
  const schema = contract.operations[operation]?.params ?? { type: "any" };
  const typed = typeForm(contract.definitions, schema, nestForm(new URLSearchParams(form)));
  return check(contract.definitions, schema, typed).map(({ kind, path, expected }) =>
    `${kind} ${path.join(".")} ${expected.join("|")}`.trim(),
  );
}

describe("the generated contract", () => {
  test("knows the calls and the version of the installed SDK", () => {
    expect(contract.sdkVersion).toBe("23.1.0");
    expect(contract.apiVersion).toBe("2026-10-28.endive");
    expect(Object.keys(contract.operations)).toEqual(
      expect.arrayContaining([
        "POST /v1/checkout/sessions",
        "GET /v1/checkout/sessions/{id}/line_items",
        "POST /v1/refunds",
        "GET /v1/events",
      ]),
    );
  });

  test("closes the enums that the SDK leaves open", () => {
    expect(contract.definitions["Refunds:RefundCreateParams"]).toMatchObject({
      properties: { reason: { enum: ["duplicate", "fraudulent", "requested_by_customer"] } },
    });
  });

  test("tells whole numbers, fractions and decimal text apart", () => {
    const properties = (name: string) => contract.definitions[name];
    expect(properties("Refunds:Refund")).toMatchObject({
      properties: { amount: { type: "integer" } },
    });
    expect(properties("Coupons:Coupon")).toMatchObject({
      properties: {
        percent_off: { anyOf: [{ type: "null" }, { type: "number" }] },
        duration_in_months: { anyOf: [{ type: "null" }, { type: "integer" }] },
      },
    });
    expect(properties("Prices:Price")).toMatchObject({
      properties: { unit_amount_decimal: { anyOf: [{ type: "null" }, { type: "decimal" }] } },
    });
  });
});

describe("parameters", () => {
  test("a checkout of the kind we make fits", () => {
    const form = new URLSearchParams({
      mode: "payment",
      ui_mode: "hosted_page",
      success_url: "http://localhost/ok",
      "line_items[0][quantity]": "1",
      "line_items[0][price_data][currency]": "usd",
      "line_items[0][price_data][unit_amount]": "15000",
      "line_items[0][price_data][product_data][name]": "Session",
      "metadata[booking_id]": "7",
      "invoice_creation[enabled]": "true",
      "expand[0]": "payment_intent",
      expires_at: "1800000000",
    });
    expect(paramProblems("POST /v1/checkout/sessions", String(form))).toEqual([]);
  });

  test.each([
    ["an unknown key", "ui_mod=x", "unknown ui_mod"],
    [
      "an unknown key deep down",
      "line_items[0][price_data][currency]=usd&line_items[0][price_data][amount]=1",
      "unknown line_items.0.price_data.amount",
    ],
    [
      "a missing key",
      "line_items[0][price_data][unit_amount]=5",
      "missing line_items.0.price_data.currency",
    ],
    [
      "a value of an older API version",
      "ui_mode=hosted",
      "enum ui_mode elements|embedded_page|form|hosted_page",
    ],
    [
      "a fraction for an integer",
      "line_items[0][quantity]=1.5",
      "type line_items.0.quantity integer",
    ],
    ["text for a boolean", "allow_promotion_codes=yes", "type allow_promotion_codes boolean"],
    ["text for an object", "metadata=x", "type metadata object"],
    ["a removed parameter", "payment_method_types[0]=card", "unknown payment_method_types"],
  ])("%s is caught", (_, form, problem) => {
    expect(paramProblems("POST /v1/checkout/sessions", form)).toContain(problem);
  });

  test("a number or a range may stand for a time", () => {
    expect(paramProblems("GET /v1/events", "created=5")).toEqual([]);
    expect(paramProblems("GET /v1/events", "created[gte]=5")).toEqual([]);
    expect(paramProblems("GET /v1/events", "created[since]=5")).toContain("unknown created.since");
  });

  test("metadata keeps its text, and an empty one unsets", () => {
    const schema = contract.operations["POST /v1/customers/{id}"]?.params ?? { type: "any" };
    const form = (text: string) =>
      typeForm(contract.definitions, schema, nestForm(new URLSearchParams(text)));
    expect(form("metadata[count]=7")).toEqual({ metadata: { count: "7" } });
    expect(form("metadata=")).toEqual({ metadata: "" });
  });

  test("a parameter can't reach an object's prototype", () => {
    nestForm(new URLSearchParams("__proto__[polluted]=yes"));
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(paramProblems("POST /v1/refunds", "__proto__[polluted]=yes")).toContain(
      "unknown __proto__",
    );
  });
});

describe("answers", () => {
  const refund = {
    id: "re_1",
    object: "refund",
    amount: 500,
    balance_transaction: null,
    charge: "ch_1",
    created: 1,
    currency: "usd",
    customer: null,
    customer_account: null,
    metadata: {},
    payment_intent: "pi_1",
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };

  function problems(value: unknown) {
    const schema = contract.operations["GET /v1/refunds/{id}"]?.result ?? { type: "any" };
    return check(contract.definitions, schema, value).map(
      ({ kind, path }) => `${kind} ${path.join(".")}`,
    );
  }

  test("a complete refund fits", () => {
    expect(problems(refund)).toEqual([]);
  });

  test("what is missing, unknown or of another type is found", () => {
    const { charge: _, ...withoutCharge } = refund;
    expect(problems(withoutCharge)).toEqual(["missing charge"]);
    expect(problems({ ...refund, total: 1 })).toEqual(["unknown total"]);
    expect(problems({ ...refund, amount: 5.5 })).toEqual(["type amount"]);
    expect(problems({ ...refund, reason: "cancelled" })).toEqual(["enum reason"]);
  });

  test("problems inside an expanded object are told with their place", () => {
    const customer = { id: "cus_1", object: "customer", deleted: true, name: "x" };
    expect(problems({ ...refund, customer })).toEqual(["unknown customer.name"]);
    expect(problems({ ...refund, customer: { object: "customer", id: 5 } })).not.toEqual([]);
  });
});
