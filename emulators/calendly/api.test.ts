import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { startBench, type Bench } from "./testing.ts";

let calendly: Bench;
beforeAll(async () => {
  calendly = await startBench();
});
afterAll(() => calendly.stop());
// Every test that provokes a breach of contract reads it; what is left over is a mistake of ours.
afterEach(async () => {
  expect(await calendly.violations()).toEqual([]);
});

const DAY = 86_400_000;

/** A day ahead at 10:00 UTC, as a moment that is free. */
function tenOClock(days = 2): string {
  return `${new Date(Date.now() + days * DAY).toISOString().slice(0, 10)}T10:00:00Z`;
}

function later(iso: string, milliseconds: number): string {
  return new Date(Date.parse(iso) + milliseconds).toISOString();
}

type Account = Awaited<ReturnType<Bench["account"]>>;
type Resource = { resource: Record<string, unknown> };
type Collection = { collection: Record<string, unknown>[] };

function invite(account: Account, changes: object = {}) {
  return account.call<Resource & { details: object[] }>("POST", "/invitees", {
    event_type: `${calendly.url}/event_types/${account.eventTypes[0]?.uuid}`,
    start_time: tenOClock(),
    invitee: { name: "Dana Reed", email: "dana@example.com", timezone: "America/Phoenix" },
    location: { kind: "ask_invitee", location: "https://zoom.example/j/1" },
    tracking: {
      utm_campaign: null,
      utm_source: "walkthrough",
      utm_medium: null,
      utm_content: "booking-1",
      utm_term: null,
      salesforce_uuid: null,
    },
    ...changes,
  });
}

describe("reading", () => {
  test("a person sees themselves and their event types, and nobody else's", async () => {
    const [own, other] = [await calendly.account(), await calendly.account("free")];
    const me = await own.call<Resource>("GET", "/users/me");
    expect(me.json.resource).toMatchObject({ uri: own.userUri, timezone: "Etc/UTC" });

    const types = await own.call<Collection>("GET", `/event_types?user=${own.userUri}&active=true`);
    expect(types.json.collection.map(({ name }) => name)).toEqual([
      "Coaching hour",
      "Half an hour",
    ]);
    expect((await own.call("GET", `/event_types?user=${other.userUri}`)).status).toBe(403);
    expect((await own.call("GET", `/event_types/${other.eventTypes[0]?.uuid}`)).status).toBe(403);
  });

  test("lists come in pages", async () => {
    const { call, userUri } = await calendly.account();
    type Page = Collection & { pagination: { next_page: string; next_page_token: string } };
    const first = await call<Page>("GET", `/event_types?user=${userUri}&count=1`);
    expect(first.json.pagination.next_page).toContain("page_token=");
    const token = first.json.pagination.next_page_token;
    const path = `/event_types?user=${userUri}&count=1&page_token=${token}`;
    const second = await call<Page>("GET", path);
    expect(second.json.collection[0]?.["name"]).toBe("Half an hour");
    expect(second.json.pagination.next_page).toBeNull();
  });

  test("available times are ahead and within 31 days, busy times within 7", async () => {
    const { call, userUri, eventTypes } = await calendly.account();
    const type = encodeURIComponent(`${calendly.url}/event_types/${eventTypes[0]?.uuid}`);
    const from = tenOClock(1);
    const span = (days: number) => `start_time=${from}&end_time=${later(from, days * DAY)}`;
    const available = (query: string) =>
      call<Collection>("GET", `/event_type_available_times?event_type=${type}&${query}`);

    expect((await available(span(31))).json.collection[0]).toMatchObject({ status: "available" });
    expect((await available(span(32))).status).toBe(400);
    const past = `start_time=${later(from, -30 * DAY)}&end_time=${from}`;
    expect((await available(past)).status).toBe(400);
    const busy = (query: string) =>
      call<Collection>("GET", `/user_busy_times?user=${userUri}&${query}`);
    expect((await busy(span(7))).json.collection).toEqual([]);
    expect((await busy(span(8))).status).toBe(400);
    expect(await calendly.violations()).toHaveLength(3);
  });

  test("busy times tell events and what other calendars have, and take both off the free ones", async () => {
    const account = await calendly.account();
    const start = tenOClock();
    await invite(account);
    await calendly.admin("PATCH", `/people/${account.person.uuid}`, {
      externalBusy: [{ start: later(start, 3 * 3_600_000), end: later(start, 4 * 3_600_000) }],
    });
    const from = later(start, -3_600_000);
    const query = `start_time=${from}&end_time=${later(from, DAY)}`;
    const busy = await account.call<Collection>(
      "GET",
      `/user_busy_times?user=${account.userUri}&${query}`,
    );
    expect(busy.json.collection.map(({ type }) => type)).toEqual(["calendly", "external"]);

    const type = `${calendly.url}/event_types/${account.eventTypes[0]?.uuid}`;
    const free = await account.call<Collection>(
      "GET",
      `/event_type_available_times?event_type=${encodeURIComponent(type)}&${query}`,
    );
    const starts = free.json.collection.map(({ start_time }) => Date.parse(String(start_time)));
    expect(starts).not.toContain(Date.parse(start));
    expect(starts).not.toContain(Date.parse(start) + 3 * 3_600_000);
    expect(starts).toContain(Date.parse(start) + 3_600_000);
  });
});

describe("booking", () => {
  test("an invitee is made once; a second at the same time is refused as filled", async () => {
    const account = await calendly.account();
    const made = await invite(account);
    expect(made).toMatchObject({
      status: 201,
      json: { resource: { status: "active", tracking: { utm_content: "booking-1" } } },
    });
    const again = await invite(account);
    expect(again.status).toBe(400);
    expect(again.json.details[0]).toMatchObject({ code: "already_filled" });
  });

  test("the free plan may not", async () => {
    expect((await invite(await calendly.account("free"))).status).toBe(403);
  });

  test.each([
    ["an unknown key", { colour: "blue" }, 1],
    ["tracking that lacks keys", { tracking: { utm_content: "x" } }, 1],
    ["a local time", { start_time: "2030-01-01T10:00:00+01:00" }, 1],
    ["a place that the event type lacks", { location: { kind: "zoom_conference" } }, 0],
    ["a place without its detail", { location: { kind: "ask_invitee" } }, 0],
  ])("%s is refused", async (_name, changes, violations) => {
    expect((await invite(await calendly.account(), changes)).status).toBe(400);
    expect(await calendly.violations()).toHaveLength(violations);
  });

  test("a call that was cut off after it took effect can be found by its tracking", async () => {
    const account = await calendly.account();
    await calendly.admin("POST", "/faults", {
      kind: "timeout-after-commit",
      method: "POST",
      path: "^/invitees$",
    });
    await expect(invite(account)).rejects.toThrow();

    const start = tenOClock();
    const query = new URLSearchParams({
      user: account.userUri,
      invitee_email: "dana@example.com",
      min_start_time: start,
      max_start_time: start,
    });
    const found = await account.call<Collection>("GET", `/scheduled_events?${query}`);
    expect(found.json.collection).toHaveLength(1);
    const { pathname } = new URL(String(found.json.collection[0]?.["uri"]));
    const invitees = await account.call<Collection>("GET", `${pathname}/invitees`);
    expect(invitees.json.collection[0]).toMatchObject({ tracking: { utm_content: "booking-1" } });
  });

  test("cancelling works once", async () => {
    const account = await calendly.account();
    const made = await invite(account);
    const { pathname } = new URL(String(made.json.resource["event"]));
    const cancelled = await account.call("POST", `${pathname}/cancellation`, { reason: "Ill" });
    expect(cancelled).toMatchObject({
      status: 201,
      json: { resource: { canceler_type: "host", reason: "Ill" } },
    });
    expect((await account.call("POST", `${pathname}/cancellation`, {})).status).toBe(403);
    const event = await account.call<Resource>("GET", pathname);
    expect(event.json.resource).toMatchObject({ status: "canceled" });
  });

  test("a no-show is marked after the start, and unmarked", async () => {
    const account = await calendly.account();
    const { json } = await invite(account);
    const invitee = { invitee: json.resource["uri"] };
    expect((await account.call("POST", "/invitee_no_shows", invitee)).status).toBe(400);

    await calendly.admin("POST", "/clock", { advanceSeconds: 3 * 86_400 });
    const { tokens } = account;
    const answered = await calendly.token({
      grant_type: "refresh_token",
      refresh_token: tokens.refresh_token,
    });
    const headers = {
      authorization: `Bearer ${answered.json.access_token}`,
      "content-type": "application/json",
    };
    const body = JSON.stringify(invitee);
    const marked = await calendly.request<Resource>("/invitee_no_shows", {
      method: "POST",
      body,
      headers,
    });
    expect(marked.status).toBe(201);
    const { pathname } = new URL(String(marked.json.resource["uri"]));
    expect((await calendly.request(pathname, { method: "DELETE", headers })).status).toBe(204);
    await calendly.admin("POST", "/clock", { reset: true });
  });
});
