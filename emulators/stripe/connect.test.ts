import type Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import {
  accountParams,
  onboardedAccount,
  startKit,
  submitOnboarding,
  type Kit,
} from "./test-kit.ts";

let kit: Kit;

beforeAll(async () => {
  kit = await startKit();
}, 60_000);
afterEach(async () => {
  expect(await kit.violations()).toEqual([]);
  await kit.settled();
  kit.receiver.clear();
  kit.connectReceiver.clear();
  await kit.admin("reset", {});
});
afterAll(() => kit.stop());

function linkTo(account: string, changes: Partial<Stripe.AccountLinkCreateParams> = {}) {
  return kit.stripe.accountLinks.create({
    account,
    type: "account_onboarding",
    refresh_url: "http://site.test/again",
    return_url: "http://site.test/back",
    ...changes,
  });
}

async function requirementsOf(id: string) {
  return (await kit.stripe.accounts.retrieve(id)).requirements;
}

describe("a new account", () => {
  test("can't be paid yet and says what is missing", async () => {
    const account = await kit.stripe.accounts.create(
      accountParams({ metadata: { coach_id: "c-1" } }),
    );
    expect(account).toMatchObject({
      type: "none",
      controller: { stripe_dashboard: { type: "express" }, losses: { payments: "application" } },
      capabilities: { transfers: "inactive" },
      details_submitted: false,
      payouts_enabled: false,
      metadata: { coach_id: "c-1" },
      requirements: {
        disabled_reason: "requirements.past_due",
        currently_due: expect.arrayContaining([
          "external_account",
          "tos_acceptance.date",
        ]) as object,
      },
    });
    expect((await kit.stripe.accounts.list()).data.map(({ id }) => id)).toEqual([account.id]);
  });

  test("of another kind is refused by name", async () => {
    await expect(kit.stripe.accounts.create({ type: "express" })).rejects.toMatchObject({
      param: "type",
    });
    const controller = { ...accountParams().controller, losses: { payments: "stripe" as const } };
    await expect(kit.stripe.accounts.create(accountParams({ controller }))).rejects.toMatchObject({
      param: "controller[losses][payments]",
    });
  });

  test("has no dashboard to log in to", async () => {
    const { id } = await kit.stripe.accounts.create(accountParams());
    await expect(kit.stripe.accounts.createLoginLink(id)).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining("not completed onboarding") as string,
    });
  });
});

describe("onboarding", () => {
  test("asks for what is missing, without scripts, and leads back", async () => {
    const { id } = await kit.stripe.accounts.create(accountParams());
    const link = await linkTo(id);
    const page = await fetch(link.url);
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toContain("Last 4 digits of Social Security number");
    expect(text).not.toContain("<script");

    const answer = await submitOnboarding(kit.stripe, id);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("http://site.test/back");
    expect(await kit.stripe.accounts.retrieve(id)).toMatchObject({
      details_submitted: true,
      payouts_enabled: true,
      capabilities: { transfers: "active" },
      requirements: { currently_due: [], disabled_reason: null },
      external_accounts: { data: [{ object: "bank_account", last4: "6789" }] },
    });
    expect(await kit.stripe.accounts.retrieveCapability(id, "transfers")).toMatchObject({
      status: "active",
      requirements: { currently_due: [] },
    });
  });

  test("left half done keeps its answers and stays open", async () => {
    const { id } = await kit.stripe.accounts.create(accountParams());
    const answer = await submitOnboarding(kit.stripe, id, { step: "leave", accountNumber: "" });
    expect(answer.headers.get("location")).toBe("http://site.test/back");
    expect(await kit.stripe.accounts.retrieve(id)).toMatchObject({
      details_submitted: false,
      capabilities: { transfers: "inactive" },
      requirements: {
        currently_due: ["external_account", "tos_acceptance.date", "tos_acceptance.ip"],
      },
    });
  });

  test.each([
    ["ssn", "12", "Enter four digits."],
    ["routingNumber", "1", "A routing number has 9 digits."],
    ["accountNumber", "", "Account number is missing."],
    ["birthday", "soon", "Enter a date."],
  ])("a wrong %s (%s) is told beside the field and changes nothing", async (name, value, says) => {
    const { id } = await kit.stripe.accounts.create(accountParams());
    const answer = await submitOnboarding(kit.stripe, id, { [name]: value });
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain(`id="${name}-error"`);
    expect(page).toContain(says);
    expect(page).toContain('value="Rosen"');
    expect((await kit.stripe.accounts.retrieve(id)).details_submitted).toBe(false);
  });

  test("may take Stripe a while", async () => {
    const { id } = await kit.stripe.accounts.create(accountParams());
    await submitOnboarding(kit.stripe, id, { verification: "pending" });
    expect(await kit.stripe.accounts.retrieve(id)).toMatchObject({
      details_submitted: true,
      payouts_enabled: false,
      capabilities: { transfers: "pending" },
      requirements: { disabled_reason: "requirements.pending_verification" },
    });
    await kit.admin("verify-account", { account: id });
    expect(await kit.stripe.accounts.retrieve(id)).toMatchObject({
      payouts_enabled: true,
      capabilities: { transfers: "active" },
    });
  });

  test("a link opens once, and for five minutes only", async () => {
    const { id } = await kit.stripe.accounts.create(accountParams());
    const used = await linkTo(id);
    await fetch(used.url);
    const again = await fetch(used.url, { redirect: "manual" });
    expect(again.headers.get("location")).toBe("http://site.test/again");

    const late = await linkTo(id);
    await kit.admin("clock", { advanceSeconds: 5 * 60 });
    const answer = await fetch(late.url, { redirect: "manual" });
    expect(answer.headers.get("location")).toBe("http://site.test/again");
  });

  test("a link needs addresses to lead to", async () => {
    const { id } = await kit.stripe.accounts.create(accountParams());
    await expect(linkTo(id, { return_url: undefined })).rejects.toMatchObject({
      code: "parameter_missing",
      param: "return_url",
    });
    await expect(linkTo(id, { refresh_url: "javascript:x" })).rejects.toMatchObject({
      code: "url_invalid",
    });
    await expect(linkTo("acct_x")).rejects.toMatchObject({ code: "resource_missing" });
  });
});

test("Stripe may ask for more, and stops paying until it knows", async () => {
  const { id } = await onboardedAccount(kit.stripe);
  await kit.admin("ask-account", {
    account: id,
    requirements: ["individual.verification.document"],
  });
  expect(await kit.stripe.accounts.retrieve(id)).toMatchObject({
    payouts_enabled: false,
    capabilities: { transfers: "inactive" },
  });
  expect((await requirementsOf(id))?.currently_due).toEqual(["individual.verification.document"]);

  const page = await fetch((await linkTo(id)).url);
  const text = await page.text();
  expect(text).toContain("Verification document");
  expect(text).not.toContain("Social Security");
  await submitOnboarding(kit.stripe, id, { "individual.verification.document": "passport" });
  expect((await kit.stripe.accounts.retrieve(id)).capabilities?.transfers).toBe("active");
});

test("the Connect endpoint hears of accounts, signed with its own secret; the platform's does not", async () => {
  const { id } = await onboardedAccount(kit.stripe);
  await kit.settled();

  expect(kit.receiver.types()).toEqual([]);
  const events = await Promise.all(kit.connectReceiver.deliveries.map(kit.readConnectEvent));
  expect(events.map(({ type }) => type)).toEqual([
    "account.updated",
    "capability.updated",
    "account.external_account.created",
    "account.updated",
    "capability.updated",
  ]);
  expect(new Set(events.map(({ account }) => account))).toEqual(new Set([id]));
  expect(events[3]).toMatchObject({
    data: {
      object: { id, payouts_enabled: true },
      previous_attributes: { details_submitted: false, payouts_enabled: false },
    },
  });
  const [first] = kit.connectReceiver.deliveries;
  await expect(kit.readEvent(first ?? { body: "", signature: "" })).rejects.toThrow();

  const { data } = await kit.stripe.events.list({}, { stripeAccount: id });
  expect(data.at(-1)?.id).toBe(events[0]?.id);
  expect((await kit.stripe.events.list()).data).toEqual([]);
});

test("an account shows its holder what was earned, by a link that works once", async () => {
  const { id } = await onboardedAccount(kit.stripe);
  const { url } = await kit.stripe.accounts.createLoginLink(id);
  const page = await fetch(url);
  expect(await page.text()).toContain("Nothing has been paid out yet.");
  expect((await fetch(url)).status).toBe(404);
});

test("an account can be changed, and deleted while it has no money", async () => {
  const { id } = await onboardedAccount(kit.stripe);
  const changed = await kit.stripe.accounts.update(id, {
    email: "new@example.com",
    capabilities: { card_payments: { requested: true } },
    business_profile: { product_description: "Coaching" },
  });
  expect(changed).toMatchObject({
    email: "new@example.com",
    charges_enabled: true,
    capabilities: { transfers: "active", card_payments: "active" },
    business_profile: { product_description: "Coaching" },
  });
  expect((await kit.stripe.accounts.listCapabilities(id)).data.map((each) => each.id)).toEqual([
    "transfers",
    "card_payments",
  ]);
  expect(await kit.stripe.accounts.del(id)).toMatchObject({ id, deleted: true });
  await expect(kit.stripe.accounts.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
  await expect(kit.stripe.balance.retrieve({}, { stripeAccount: id })).rejects.toMatchObject({
    statusCode: 403,
  });
});

test("what the emulator has for the platform only is refused to accounts by name", async () => {
  const { id } = await onboardedAccount(kit.stripe);
  await expect(kit.stripe.customers.list({}, { stripeAccount: id })).rejects.toMatchObject({
    statusCode: 400,
    message: expect.stringContaining("GET /v1/customers for a connected account") as string,
  });
});
