import { createHmac } from "node:crypto";

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { SIGNING_KEY, startBench, type Bench } from "./testing.ts";

let calendly: Bench;
beforeAll(async () => {
  calendly = await startBench();
});
afterAll(() => calendly.stop());
afterEach(async () => {
  expect(await calendly.violations()).toEqual([]);
});

type Account = Awaited<ReturnType<Bench["account"]>>;
type Hook = {
  event: string;
  payload: {
    uri: string;
    rescheduled: boolean;
    old_invitee: string | null;
    new_invitee: string | null;
    tracking: Record<string, string | null>;
    questions_and_answers: object[];
    scheduled_event: { status: string };
  };
};

function subscribe(account: Account) {
  return account.call<{ resource: { uri: string; state: string } }>(
    "POST",
    "/webhook_subscriptions",
    {
      url: calendly.receiver.url,
      events: ["invitee.created", "invitee.canceled"],
      organization: account.organizationUri,
      user: account.userUri,
      scope: "user",
    },
  );
}

function start(hour = 10): string {
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  return `${day}T${hour}:00:00Z`;
}

async function bookOn(account: Account): Promise<string> {
  const { json } = await calendly.admin<{ booked: { inviteeUuid: string } }>("POST", "/bookings", {
    eventType: account.eventTypes[0]?.uuid,
    start: start(),
    name: "Dana Reed",
    email: "dana@example.com",
  });
  return json.booked.inviteeUuid;
}

async function told(): Promise<Hook[]> {
  return (await calendly.hooks()).map(({ body }) => JSON.parse(body) as Hook);
}

test("an address is subscribed once, and only on a paid plan", async () => {
  const account = await calendly.account();
  const made = await subscribe(account);
  expect(made).toMatchObject({ status: 201, json: { resource: { state: "active" } } });
  expect((await subscribe(account)).status).toBe(409);
  expect((await subscribe(await calendly.account("free"))).status).toBe(403);

  const { pathname } = new URL(made.json.resource.uri);
  await calendly.admin("POST", `/people/${account.person.uuid}/disable-webhooks`);
  const read = await account.call("GET", pathname);
  expect(read.json).toMatchObject({ resource: { state: "disabled" } });
  expect((await account.call("DELETE", pathname)).status).toBe(204);
  expect((await subscribe(account)).status).toBe(201);
});

test("what subscribers get is signed over the exact body", async () => {
  const account = await calendly.account();
  await subscribe(account);
  await bookOn(account);
  const [hook] = await calendly.hooks();
  const header = hook?.headers["calendly-webhook-signature"] ?? "";
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  const expected = createHmac("sha256", SIGNING_KEY).update(`${seconds}.${hook?.body}`);
  expect(mac).toBe(expected.digest("hex"));
});

test.each([
  [false, ["invitee.canceled", "invitee.created"]],
  [true, ["invitee.created", "invitee.canceled"]],
])("a reschedule tells both, linked; created first: %s", async (createdFirst, order) => {
  const account = await calendly.account();
  await subscribe(account);
  const invitee = await bookOn(account);
  await calendly.hooks();

  await calendly.admin("POST", "/reschedule-order", { createdFirst });
  const { status } = await calendly.admin("POST", `/bookings/${invitee}/reschedule`, {
    start: start(15),
  });
  expect(status).toBe(201);
  const hooks = await told();
  expect(hooks.map(({ event }) => event)).toEqual(order);
  const canceled = hooks.find(({ event }) => event === "invitee.canceled")?.payload;
  const created = hooks.find(({ event }) => event === "invitee.created")?.payload;
  expect(canceled).toMatchObject({ rescheduled: true, new_invitee: created?.uri });
  expect(created).toMatchObject({ rescheduled: false, old_invitee: canceled?.uri });
  await calendly.admin("POST", "/reschedule-order", { createdFirst: false });
});

test("the pages prefill, book, move and cancel, and frames tell who is around them", async () => {
  const account = await calendly.account();
  await subscribe(account);
  const [type] = account.eventTypes;
  const query = "name=Dana+Reed&email=dana%40example.com&utm_content=offer-1&embed_domain=site";
  const path = `/${account.person.slug}/${type?.slug}?${query}`;
  const page = await calendly.request<string>(path, {});
  expect(page.json).toContain('value="dana@example.com"');
  expect(page.json).toContain("calendly.event_type_viewed");

  const form = new URLSearchParams({
    start: String(Date.parse(start())),
    name: "Dana Reed",
    email: "dana@example.com",
    answer: "Pricing",
  });
  const booked = await calendly.request<string>(path, { method: "POST", body: form });
  expect(booked.json).toContain("calendly.event_scheduled");
  const taken = await calendly.request(path, { method: "POST", body: form });
  expect(taken.status).toBe(409);
  const [created] = await told();
  expect(created?.payload.tracking).toMatchObject({ utm_content: "offer-1" });
  expect(created?.payload.questions_and_answers).toHaveLength(1);

  const uuid = created?.payload.uri.split("/").at(-1);
  expect((await calendly.request(`/reschedulings/${uuid}`, {})).status).toBe(200);
  const moved = await calendly.request(`/reschedulings/${uuid}`, {
    method: "POST",
    body: new URLSearchParams({ start: String(Date.parse(start(16))) }),
  });
  expect(moved.status).toBe(200);
  const again = await calendly.request(`/cancellations/${uuid}`, { method: "POST" });
  expect(again.status).toBe(409);
  const [, next] = await told();
  const newUuid = next?.payload.uri.split("/").at(-1);
  await calendly.request(`/cancellations/${newUuid}`, { method: "POST" });
  const [canceled] = await told();
  expect(canceled).toMatchObject({ event: "invitee.canceled", payload: { rescheduled: false } });
  expect(canceled?.payload.scheduled_event.status).toBe("canceled");
});

test("the widget, its styles, the console and a page that is not there", async () => {
  const script = await calendly.request<string>("/assets/external/widget.js", {});
  expect(script.headers.get("content-type")).toContain("javascript");
  expect(script.json).toContain("initInlineWidget");
  expect((await calendly.request("/assets/external/widget.css", {})).status).toBe(200);
  expect((await calendly.request<string>("/", {})).json).toContain("Nora Whitfield");
  expect((await calendly.request("/nobody/session", {})).status).toBe(404);
});
