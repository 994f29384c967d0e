import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { startBench, type Bench } from "./testing.ts";

let zoom: Bench;
beforeAll(async () => {
  zoom = await startBench();
});
afterAll(() => zoom.stop());
beforeEach(async () => {
  await zoom.admin("POST", "/reset");
  zoom.useToken((await zoom.token()).json.access_token);
});
// Every test that provokes a breach of contract reads it; what is left over is a mistake of ours.
afterEach(async () => {
  expect(await zoom.violations()).toEqual([]);
});

describe("tokens", () => {
  test("a good client gets one for an hour, and it ends by the emulator's clock", async () => {
    const { json } = await zoom.token();
    expect(json).toMatchObject({ token_type: "bearer", expires_in: 3600 });
    zoom.useToken(json.access_token);
    expect((await zoom.call("GET", "/users")).status).toBe(200);

    await zoom.admin("POST", "/clock", { advanceSeconds: 3600 });
    const expired = await zoom.call("GET", "/users");
    expect(expired).toMatchObject({
      status: 401,
      json: { code: 124, message: "Access token is expired." },
    });
  });

  test.each([
    ["secret", () => zoom.token({}, "wrong"), "invalid_client"],
    ["grant", () => zoom.token({ grant_type: "client_credentials" }), "unsupported_grant_type"],
    ["account", () => zoom.token({ account_id: "other" }), "invalid_request"],
  ])("a wrong %s gets none", async (_name, ask, error) => {
    const { status, json } = await ask();
    expect(status).toBe(400);
    expect(json.error).toBe(error);
    expect(json.access_token).toBeUndefined();
  });

  test("an unknown token is refused", async () => {
    zoom.useToken("toString");
    const refused = await zoom.call("GET", "/users");
    expect(refused).toMatchObject({ status: 401, json: { code: 124 } });
  });
});

describe("users", () => {
  test("the pool is listed, and each host found by id, address or as me", async () => {
    const { json } = await zoom.call<{ users: { id: string }[] }>("GET", "/users?status=active");
    expect(json.users.map(({ id }) => id)).toEqual(["host_1", "host_2"]);
    for (const key of ["host_1", "host1@walkthrough.example", "me"]) {
      expect((await zoom.call("GET", `/users/${key}`)).json.id).toBe("host_1");
    }
    const unknown = await zoom.call("GET", "/users/nobody");
    expect(unknown).toMatchObject({ status: 404, json: { code: 1001 } });
  });

  test("a host's zak is given", async () => {
    const { json } = await zoom.call("GET", "/users/host_1/token?type=zak&ttl=60");
    expect(json.token).toMatch(/^[\w-]+\.[\w-]+$/);
  });
});

describe("meetings", () => {
  test("what was planned can be read, changed and deleted", async () => {
    const { id } = await zoom.plan({
      agenda: "Pricing",
      settings: { waiting_room: false },
      tracking_fields: [{ field: "booking", value: "b1" }],
    });
    const read = await zoom.call("GET", `/meetings/${id}`);
    expect(read.json).toMatchObject({
      id,
      host_id: "host_1",
      host_email: "host1@walkthrough.example",
      topic: "Session",
      agenda: "Pricing",
      start_time: "2030-06-03T15:00:00Z",
      duration: 60,
      status: "waiting",
      tracking_fields: [{ field: "booking", value: "b1" }],
    });

    const change = { start_time: "2030-06-04T16:00:00Z", settings: { mute_upon_entry: true } };
    const patched = await zoom.call("PATCH", `/meetings/${id}`, change);
    expect([patched.status, patched.json]).toEqual([204, null]);
    expect((await zoom.call("GET", `/meetings/${id}`)).json).toMatchObject({
      topic: "Session",
      start_time: "2030-06-04T16:00:00Z",
      settings: { mute_upon_entry: true, waiting_room: false },
    });

    expect((await zoom.call("DELETE", `/meetings/${id}`)).status).toBe(204);
    const gone = { code: 3001, message: `Meeting does not exist: ${id}.` };
    expect(await zoom.call("GET", `/meetings/${id}`)).toMatchObject({ status: 404, json: gone });
    expect(await zoom.call("DELETE", `/meetings/${id}`)).toMatchObject({ status: 404, json: gone });
  });

  test("a wall time is read in its zone, on both sides of a clock change", async () => {
    const zone = { timezone: "America/New_York" };
    const winter = await zoom.plan({ ...zone, start_time: "2030-03-09T10:00:00" });
    const summer = await zoom.plan({ ...zone, start_time: "2030-03-10T10:00:00" });
    const startOf = async (id: number) =>
      (await zoom.call("GET", `/meetings/${id}`)).json.start_time;
    expect(await startOf(winter.id)).toBe("2030-03-09T15:00:00Z");
    expect(await startOf(summer.id)).toBe("2030-03-10T14:00:00Z");
  });

  test.each([
    ["an unknown setting", { settings: { waitingRoom: true } }, "settings.waitingRoom"],
    ["a wrong kind", { duration: "60" }, "duration"],
    ["part of a minute", { duration: 12.5 }, "duration"],
    ["a long topic", { topic: "x".repeat(201) }, "topic"],
    ["a long agenda", { agenda: "x".repeat(2001) }, "agenda"],
    ["a long passcode", { password: "x".repeat(11) }, "password"],
    ["an odd start", { start_time: "2030-06-03 15:00" }, "start_time"],
    ["a start with an offset", { start_time: "2030-06-03T15:00:00+02:00" }, "start_time"],
    ["an invented zone", { timezone: "America/Springfield" }, "timezone"],
    ["a recurring meeting", { type: 8 }, "type"],
  ])("%s is refused, and logged", async (_name, change, field) => {
    const body = { topic: "Session", type: 2, ...change };
    const refused = await zoom.call("POST", "/users/host_1/meetings", body);
    expect(refused).toMatchObject({ status: 400, json: { code: 300, errors: [{ field }] } });
    expect(await zoom.violations()).toMatchObject([{ direction: "request" }]);
    expect((await zoom.call("GET", "/users/host_1/meetings")).json.total_records).toBe(0);
  });

  test.each([
    ["an unknown setting", { settings: { waitingRoom: true } }, "settings.waitingRoom"],
    ["a wrong kind", { duration: "60" }, "duration"],
    ["a start with an offset", { start_time: "2030-06-03T15:00:00+02:00" }, "start_time"],
  ])("a change with %s is refused, and changes nothing", async (_name, change, field) => {
    const { id } = await zoom.plan();
    const refused = await zoom.call("PATCH", `/meetings/${id}`, change);
    expect(refused).toMatchObject({ status: 400, json: { code: 300, errors: [{ field }] } });
    expect(await zoom.violations()).toMatchObject([{ direction: "request" }]);
    expect((await zoom.call("GET", `/meetings/${id}`)).json).toMatchObject({
      start_time: "2030-06-03T15:00:00Z",
      duration: 60,
    });
  });

  test("an unknown query parameter and an unknown path are refused, and logged", async () => {
    const query = await zoom.call("GET", "/users/host_1/meetings?kind=upcoming");
    expect(query).toMatchObject({ status: 400, json: { code: 300, errors: [{ field: "kind" }] } });
    const path = await zoom.call("GET", "/users/host_1/webinars");
    expect(path).toMatchObject({ status: 404, json: { code: 2300 } });
    expect(await zoom.violations()).toHaveLength(2);
  });

  test("a body that is no JSON is refused", async () => {
    const { access_token } = (await zoom.token()).json;
    const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
    const url = `${zoom.url}/v2/users/host_1/meetings`;
    const response = await fetch(url, { method: "POST", headers, body: "{" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 300 });
  });

  test("lists are one host's, by type and in pages", async () => {
    const days = ["2030-06-03", "2030-06-01", "2030-06-02"];
    for (const day of days) await zoom.plan({ topic: day, start_time: `${day}T15:00:00Z` });
    await zoom.plan({ topic: "other host" }, "host_2");
    await zoom.admin("POST", "/clock", { set: "2030-06-01T16:30:00Z" });
    zoom.useToken((await zoom.token()).json.access_token);

    type List = { meetings: { topic: string }[]; next_page_token: string; total_records: number };
    const list = async (query: string) => {
      const { json } = await zoom.call<List>("GET", `/users/host_1/meetings?${query}`);
      return { ...json, topics: json.meetings.map(({ topic }) => topic) };
    };
    expect((await list("type=upcoming")).topics).toEqual(["2030-06-02", "2030-06-03"]);
    expect((await list("type=previous_meetings")).topics).toEqual(["2030-06-01"]);
    expect((await list("from=2030-06-02&to=2030-06-02")).topics).toEqual(["2030-06-02"]);

    const first = await list("page_size=2");
    expect(first).toMatchObject({ topics: ["2030-06-01", "2030-06-02"], total_records: 3 });
    const rest = await list(`page_size=2&next_page_token=${first.next_page_token}`);
    expect(rest).toMatchObject({ topics: ["2030-06-03"], next_page_token: "" });
    const forged = await zoom.call("GET", "/users/host_1/meetings?next_page_token=abc");
    expect(forged.status).toBe(400);
  });

  test("two meetings of one host at a time are a breach while it lasts; back to back or on two hosts is fine", async () => {
    await zoom.plan({ start_time: "2030-06-03T15:00:00Z" });
    await zoom.plan({ start_time: "2030-06-03T16:00:00Z" });
    await zoom.plan({ start_time: "2030-06-03T14:00:00Z" });
    await zoom.plan({ start_time: "2030-06-03T15:00:00Z" }, "host_2");
    expect(await zoom.violations()).toEqual([]);

    const { id } = await zoom.plan({ start_time: "2030-06-03T16:59:00Z" });
    expect(await zoom.violations()).toMatchObject([
      { problems: [expect.stringContaining(`meeting ${id} overlaps`)] },
    ]);
    await zoom.call("DELETE", `/meetings/${id}`);
    expect(await zoom.violations()).toEqual([]);
  });
});

describe("limits", () => {
  test("a host takes 100 creates and updates a day (UTC), others go on", async () => {
    await zoom.admin("POST", "/clock", { set: "2030-06-01T23:30:00Z" });
    zoom.useToken((await zoom.token()).json.access_token);
    const { id } = await zoom.plan();
    for (let count = 1; count < 100; count += 1) {
      expect((await zoom.call("PATCH", `/meetings/${id}`, { duration: count })).status).toBe(204);
    }
    const refused = await zoom.call("PATCH", `/meetings/${id}`, { duration: 5 });
    expect(refused).toMatchObject({ status: 429, json: { code: 429 } });
    expect(refused.headers.get("retry-after")).toBe("2030-06-02T00:00:00Z");
    await zoom.plan({}, "host_2");

    await zoom.admin("POST", "/clock", { set: "2030-06-02T00:00:00Z" });
    expect((await zoom.call("PATCH", `/meetings/${id}`, { duration: 5 })).status).toBe(204);
  });

  test("calls beyond the rate of a second are refused with headers that say so", async () => {
    const strict = await startBench({ callsPerSecond: { light: 2, medium: 1 } });
    // Six at once: too many even if the second turns over in between.
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => strict.call("GET", "/users/host_1")),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("x-ratelimit-remaining")).toBe("0");
    const passed = answers.find(({ status }) => status === 200);
    expect(passed?.headers.get("x-ratelimit-category")).toBe("Light");
    expect(passed?.headers.get("x-ratelimit-limit")).toBe("2");
    await strict.stop();
  });
});

test("faults strike the API: a meeting that was made without an answer can be found", async () => {
  await zoom.admin("POST", "/faults", { kind: "timeout-after-commit", method: "POST" });
  await expect(zoom.plan({ agenda: "booking b7" })).rejects.toThrow("fetch failed");

  type List = { meetings: { agenda: string }[] };
  const { json } = await zoom.call<List>("GET", "/users/host_1/meetings?type=upcoming");
  expect(json.meetings.map(({ agenda }) => agenda)).toEqual(["booking b7"]);
});

test("it does not start with secrets that are not local", async () => {
  await expect(startBench({ clientSecret: "Xk29sLq" })).rejects.toThrow("clientSecret");
});
