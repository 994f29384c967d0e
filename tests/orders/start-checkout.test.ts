import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import type { Result } from "~/lib/domain-error";

import { startKit, submitCard, type Kit } from "../../emulators/stripe/test-kit.ts";
import type { HeldCheckout } from "~/features/orders/orders.server";
import { startCheckout, startFeeCheckout } from "~/features/orders/start-checkout.server";

// What the site alone may write down; its rules have tests in SQL.
vi.mock("~/lib/service-db.server", () => ({
  recordStripeCustomer: (_profileId: string, customerId: string) => Promise.resolve(customerId),
  recordCheckout: (profileId: string, page: Noted) => database(profileId, page),
}));

type Noted = { orderId: string; sessionId: string; url: string; expiresAt: Date };

let kit: Kit;
let recorded: (Noted & { profileId: string })[];
let answers: "all is well" | "connection lost" | "OCHRG" | "OCOVR";

/** Notes what would be written down; fails like a database that went away, or refuses, when told to. */
function database(profileId: string, page: Noted): Promise<Result<string>> {
  if (answers === "connection lost") return Promise.reject(new Error(answers));
  recorded.push({ profileId, ...page });
  if (answers === "all is well") return Promise.resolve({ ok: true, value: page.url });
  const error = { code: answers, message: "Now.", status: 409, detail: "" };
  return Promise.resolve({ ok: false, error });
}

const BOOKING_ID = "b0000000-0000-4000-8000-000000000001";
const PROFILE_ID = "a0000000-0000-4000-8000-000000000001";

function checkout(orderId: string): HeldCheckout {
  return {
    order_id: orderId,
    booking_status: "held",
    hold_expires_at: new Date(Math.floor(Date.now() / 60_000) * 60_000 + 15 * 60_000).toISOString(),
    starts_at: "2027-03-01T15:00:00+00:00",
    ends_at: "2027-03-01T16:00:00+00:00",
    offer_title: "Listing rehearsal",
    coach_id: "c0000000-0000-4000-8000-000000000001",
    coach_slug: "maria-lopez",
    coach_name: "Maria López",
    amount_cents: 15_000,
    currency: "usd",
    email: "dana@walkthrough.example",
    stripe_customer_id: null,
    checkout_url: null,
    checkout_expires_at: null,
    failure_code: null,
    is_instant: true,
    session_count: 1,
    first_booking_id: BOOKING_ID,
    discount_cents: 0,
    automatic_tax: false,
  };
}

beforeAll(async () => {
  kit = await startKit();
  vi.stubEnv("STRIPE_API_BASE", kit.emulator.url);
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_local_emulator");
  vi.stubEnv("APP_ORIGIN", "http://localhost:3000");
  vi.stubEnv("SESSION_SECRET", "a secret of the tests");
  vi.stubEnv("SUPABASE_URL", "http://127.0.0.1:1");
  vi.stubEnv("SUPABASE_PUBLISHABLE_KEY", "sb_publishable_test");
  vi.stubEnv("SUPABASE_SECRET_KEY", "sb_secret_test");
  vi.stubEnv("CLERK_PUBLISHABLE_KEY", "pk_test_x");
  vi.stubEnv("CLERK_SECRET_KEY", "sk_test_x");
  vi.stubEnv("CLERK_PROXY_URL", "http://localhost:3000/__clerk");
  vi.stubEnv("CALENDLY_CLIENT_ID", "calendly_test");
  vi.stubEnv("CALENDLY_CLIENT_SECRET", "calendly_secret_test");
  vi.stubEnv("ZOOM_ACCOUNT_ID", "zoom_test");
  vi.stubEnv("ZOOM_CLIENT_ID", "zoom_client_test");
  vi.stubEnv("ZOOM_CLIENT_SECRET", "zoom_secret_test");
  vi.stubEnv("MAIL_FROM", "Walkthrough <sessions@walkthrough.test>");
  vi.stubEnv("LOG_LEVEL", "silent");
});

afterAll(async () => {
  await kit.stop();
  vi.unstubAllEnvs();
});

beforeEach(() => {
  recorded = [];
  answers = "all is well";
});

describe("starting a checkout", () => {
  it("makes a payment page that webhooks can be matched to, and notes it down", async () => {
    const started = await startCheckout(checkout("order-1"), PROFILE_ID);
    expect(started.ok).toBe(true);

    const [note] = recorded;
    expect(note).toMatchObject({ profileId: PROFILE_ID, orderId: "order-1" });
    const session = await kit.stripe.checkout.sessions.retrieve(String(note?.sessionId));
    expect(session).toMatchObject({
      amount_total: 15_000,
      client_reference_id: "order-1",
      metadata: { order_id: "order-1", booking_id: BOOKING_ID },
      invoice_creation: { enabled: true, invoice_data: { metadata: { order_id: "order-1" } } },
      customer: expect.stringMatching(/^cus_/) as string,
      url: note?.url,
      success_url: `http://localhost:3000/bookings/${BOOKING_ID}?checkout=done`,
    });
    expect(session.expires_at * 1000).toBe(note?.expiresAt.getTime());
    expect(await kit.violations()).toEqual([]);
  });

  it("finds its own page and customer again when they could not be noted down", async () => {
    answers = "connection lost";
    expect((await startCheckout(checkout("order-2"), PROFILE_ID)).ok).toBe(false);
    answers = "all is well";

    const [first, second] = [
      await startCheckout(checkout("order-2"), PROFILE_ID),
      await startCheckout(checkout("order-2"), PROFILE_ID),
    ];
    expect(second).toEqual(first);
    const customers = await kit.stripe.customers.list();
    expect(customers.data).toHaveLength(1);
    const sessions = await kit.stripe.checkout.sessions.list();
    expect(sessions.data.filter((one) => one.client_reference_id === "order-2")).toHaveLength(1);
  });

  it("asks for each session of a series at its price", async () => {
    const series = { ...checkout("order-series"), session_count: 3, amount_cents: 45_000 };
    expect((await startCheckout(series, PROFILE_ID)).ok).toBe(true);
    const id = String(recorded[0]?.sessionId);
    const { data } = await kit.stripe.checkout.sessions.listLineItems(id);
    expect(data).toMatchObject([{ quantity: 3, amount_total: 45_000 }]);
  });

  it("has Stripe take tax on top of an order that is taxed, and says so to the webhooks", async () => {
    const taxed = { ...checkout("order-taxed"), automatic_tax: true };
    const started = await startCheckout(taxed, PROFILE_ID);
    await submitCard(started.ok ? started.url : null, { state: "TX" });
    const [session] = (await kit.stripe.checkout.sessions.list({ limit: 1 })).data;
    expect(session).toMatchObject({
      amount_total: 16_238,
      total_details: { amount_tax: 1_238 },
      customer_details: { address: { state: "TX" } },
    });
    const intent = await kit.stripe.paymentIntents.retrieve(session?.payment_intent as string);
    expect(intent).toMatchObject({ amount_received: 16_238, metadata: { automatic_tax: "true" } });
    expect(await kit.violations()).toEqual([]);
  });

  it("has the bank only hold the price of a request", async () => {
    const request = { ...checkout("order-request"), is_instant: false };
    const started = await startCheckout(request, PROFILE_ID);
    await submitCard(started.ok ? started.url : null);
    const { data } = await kit.stripe.paymentIntents.list();
    const intent = data.find(({ metadata }) => metadata["order_id"] === "order-request");
    expect(intent).toMatchObject({ status: "requires_capture", amount_capturable: 15_000 });
  });

  it("makes another page of what is paid over days once one has ended", async () => {
    const pay_by = new Date(Date.now() + 3 * 60 * 60 * 1000).toISOString();
    const fee = { ...checkout("order-fee"), pay_by };
    const open = (pages_ended: number) =>
      startFeeCheckout(BOOKING_ID, { ...fee, pages_ended }, PROFILE_ID);
    const [first, again, another] = [await open(0), await open(0), await open(1)];
    expect(again).toEqual(first);
    expect(another.ok).toBe(true);
    expect(another).not.toEqual(first);
  });

  it("goes back to the page there is without asking Stripe", async () => {
    const known = { ...checkout("order-3"), checkout_url: "https://checkout.stripe.com/c/pay/x" };
    expect(await startCheckout(known, PROFILE_ID)).toEqual({
      ok: true,
      url: "https://checkout.stripe.com/c/pay/x",
    });
    expect(recorded).toEqual([]);
  });

  it("makes one page when the answer gets lost on the way", async () => {
    await kit.fault({ path: "/v1/checkout/sessions", kind: "timeout-after-commit" });
    expect((await startCheckout(checkout("order-4"), PROFILE_ID)).ok).toBe(true);

    const sessions = await kit.stripe.checkout.sessions.list();
    expect(sessions.data.filter((one) => one.client_reference_id === "order-4")).toHaveLength(1);
  });

  it("says so when Stripe is down, and notes nothing", async () => {
    await kit.fault({ path: "/v1/checkout/sessions", kind: "status", status: 500, times: 3 });
    expect(await startCheckout(checkout("order-5"), PROFILE_ID)).toMatchObject({
      ok: false,
      status: 503,
    });
    expect(recorded).toEqual([]);
  });

  it.each([
    ["its card is being charged", "OCHRG"],
    ["it is not to be paid any more", "OCOVR"],
  ] as const)("closes the page that it made when %s, and sends nobody there", async (_, code) => {
    answers = code;
    const started = await startCheckout(checkout(`order-${code}`), PROFILE_ID);
    expect(started).toEqual({ ok: false, error: "Now.", status: 409 });
    const made = await kit.stripe.checkout.sessions.retrieve(String(recorded[0]?.sessionId));
    expect(made.status).toBe("expired");
  });

  it("says the same when that page can't be closed: nobody knows its address", async () => {
    answers = "OCOVR";
    const path = "/expire$";
    await kit.fault({ path, kind: "status", status: 500, times: 3 });
    const started = await startCheckout(checkout("order-stuck"), PROFILE_ID);
    expect(started).toMatchObject({ ok: false, error: "Now." });
  });

  it("takes no answer that the SDK lets pass without being Stripe's", async () => {
    const body = { message: "Not Found" };
    await kit.fault({ path: "/v1/checkout/sessions", kind: "status", status: 404, body });
    expect(await startCheckout(checkout("order-6"), PROFILE_ID)).toMatchObject({
      ok: false,
      status: 503,
    });
    expect(recorded).toEqual([]);
  });
});
