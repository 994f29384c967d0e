import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Participant } from "./state.ts";
import { startBench, type Bench } from "./testing.ts";

let zoom: Bench;
beforeAll(async () => {
  zoom = await startBench();
});
afterAll(() => zoom.stop());
beforeEach(async () => {
  await zoom.admin("POST", "/reset");
  await zoom.admin("POST", "/clock", { set: "2030-06-03T14:50:00Z" });
  zoom.useToken((await zoom.token()).json.access_token);
});
afterEach(async () => {
  expect(await zoom.violations()).toEqual([]);
});

async function get(url: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
}

/** Sends a page's form the way a browser does, without following where it leads. */
async function submit(url: string, fields: Record<string, string> = {}) {
  const body = new URLSearchParams(fields);
  const response = await fetch(url, { method: "POST", body, redirect: "manual" });
  const text = await response.text();
  return { status: response.status, location: response.headers.get("location") ?? "", text };
}

function startForm(startUrl: string, action: string): string {
  return startUrl.replace("?", `/${action}?`);
}

describe("a session held through the pages", () => {
  test("start, join, leave, end: each is told once, in order", async () => {
    const { id, join_url, start_url } = await zoom.plan({ duration: 60 });
    expect((await get(start_url)).text).toContain("Start meeting");
    expect((await submit(startForm(start_url, "start"))).status).toBe(303);
    await zoom.admin("POST", "/clock", { set: "2030-06-03T15:05:00Z" });
    expect((await get(join_url)).text).toContain("Your name");
    const joined = await submit(join_url, { name: "Ada", customer_key: "profile-1" });
    expect(joined.status).toBe(303);
    expect((await get(zoom.url + joined.location)).text).toContain("You are in the meeting");

    await zoom.admin("POST", "/clock", { set: "2030-06-03T15:45:00Z" });
    const stay = new URL(zoom.url + joined.location).searchParams.get("in") ?? "";
    await submit(`${zoom.url}/j/${id}/leave`, { in: stay });
    await submit(startForm(start_url, "end"));
    const left = await get(zoom.url + joined.location);
    expect(left.text).toContain("The meeting has ended");
    expect(left.text).toContain('href="http://localhost:3000"');

    const hooks = await zoom.hooks();
    expect(hooks.map(({ event }) => event)).toEqual([
      "meeting.created",
      "meeting.started",
      "meeting.participant_joined",
      "meeting.participant_joined",
      "meeting.participant_left",
      "meeting.participant_left",
      "meeting.ended",
    ]);
    expect(hooks[0]?.payload.object.id).toBe(id); // a number here, text once it runs
    expect(hooks[1]?.payload.object.id).toBe(String(id));
    expect(hooks[3]?.payload.object.participant).toMatchObject({
      user_name: "Ada",
      customer_key: "profile-1",
      join_time: expect.stringMatching(/^2030-06-03T15:05:/) as string,
      email: "",
    });
    expect(hooks[6]?.payload.object.end_time).toMatch(/^2030-06-03T15:45:/);
  });

  test("past participants tell who was there and for how long", async () => {
    const { id } = await zoom.plan();
    const before = await zoom.call("GET", `/past_meetings/${id}/participants`);
    expect(before).toMatchObject({ status: 404, json: { code: 3001 } });

    await zoom.admin("POST", `/meetings/${id}/start`);
    await zoom.admin("POST", `/meetings/${id}/join`, { name: "Ada" });
    await zoom.admin("POST", "/clock", { advanceSeconds: 1800 });
    await zoom.admin("POST", `/meetings/${id}/end`);

    type Past = { participants: { name: string; duration: number; user_email: string }[] };
    const { json } = await zoom.call<Past>("GET", `/past_meetings/${id}/participants`);
    expect(json.participants.map(({ name }) => name)).toEqual(["Host", "Ada"]);
    expect(json.participants[0]?.user_email).toBe("host1@walkthrough.example");
    for (const { duration } of json.participants)
      expect(Math.abs(duration - 1800)).toBeLessThan(30);
    const details = await zoom.call("GET", `/past_meetings/${id}`);
    expect(details.json).toMatchObject({ id, participants_count: 2 });
    const uuid = encodeURIComponent(encodeURIComponent(String(details.json.uuid)));
    expect((await zoom.call("GET", `/past_meetings/${uuid}`)).json.id).toBe(id);
  });

  test("a registrant's own link tells who they are", async () => {
    const { id } = await zoom.plan({ settings: { approval_type: 0 } });
    const person = { email: "ada@example.com", first_name: "Ada" };
    const path = `/meetings/${id}/registrants`;
    const added = await zoom.call<{ registrant_id: string; join_url: string }>(
      "POST",
      path,
      person,
    );
    expect(added.status).toBe(201);
    const again = await zoom.call("POST", path, person);
    expect(again.json.registrant_id).toBe(added.json.registrant_id);
    expect((await zoom.call("GET", path)).json.total_records).toBe(1);

    await zoom.admin("POST", `/meetings/${id}/start`);
    expect((await get(added.json.join_url)).text).toContain('value="Ada"');
    await submit(added.json.join_url, { name: "Ada" });
    const joined = (await zoom.hooks()).at(-1)?.payload.object.participant;
    expect(joined).toMatchObject({
      registrant_id: added.json.registrant_id,
      email: "ada@example.com",
    });
  });

  test("registration must have been asked for", async () => {
    const { id } = await zoom.plan();
    const person = { email: "ada@example.com", first_name: "Ada" };
    const refused = await zoom.call("POST", `/meetings/${id}/registrants`, person);
    expect(refused).toMatchObject({ status: 400, json: { code: 3000 } });
  });
});

describe("who may come in", () => {
  test("nobody before the host, unless the meeting allows it, and then not too early", async () => {
    const closed = await zoom.plan();
    const refused = await submit(closed.join_url, { name: "Ada" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("The host has not started this meeting yet");

    const settings = { join_before_host: true, jbh_time: 5 };
    const open = await zoom.plan({ settings, start_time: "2030-06-03T16:30:00Z" });
    await zoom.admin("POST", "/clock", { set: "2030-06-03T16:20:00Z" });
    expect((await submit(open.join_url, { name: "Ada" })).status).toBe(422);
    await zoom.admin("POST", "/clock", { set: "2030-06-03T16:25:00Z" });
    expect((await submit(open.join_url, { name: "Ada" })).status).toBe(303);
  });

  test("a link without its passcode asks for it", async () => {
    const { id, password } = await zoom.plan();
    await zoom.admin("POST", `/meetings/${id}/start`);
    const bare = `${zoom.url}/j/${id}`;
    expect((await get(bare)).text).toContain("Passcode");
    expect((await submit(bare, { name: "Eve", passcode: "guess" })).status).toBe(422);
    expect((await submit(bare, { name: "Ada", passcode: password })).status).toBe(303);
  });

  test("a start link is good for two hours, and only as it was made", async () => {
    const { start_url } = await zoom.plan();
    const forged = start_url.replace("zak=", "zak=x");
    expect((await submit(startForm(forged, "start"))).status).toBe(403);
    await zoom.admin("POST", "/clock", { advanceSeconds: 2 * 3600 });
    expect((await submit(startForm(start_url, "start"))).status).toBe(403);
    expect((await get(start_url)).text).toContain("expired");
  });

  test("a host with a running meeting can't start a second", async () => {
    const first = await zoom.plan();
    const second = await zoom.plan({ start_time: "2030-06-03T16:00:00Z" });
    await zoom.admin("POST", `/meetings/${first.id}/start`);
    const refused = await submit(startForm(second.start_url, "start"));
    expect(refused.status).toBe(409);
    expect(refused.text).toContain("another meeting in progress");

    await zoom.admin("POST", `/meetings/${first.id}/end`);
    expect((await submit(startForm(second.start_url, "start"))).status).toBe(303);
  });

  test("a deleted meeting's links say so", async () => {
    const { id, join_url, start_url } = await zoom.plan();
    await zoom.call("DELETE", `/meetings/${id}`);
    for (const url of [join_url, start_url]) {
      const answer = await get(url);
      expect(answer.status).toBe(404);
      expect(answer.text).toContain("This meeting link is invalid");
    }
  });
});

describe("how a run ends", () => {
  test("with the last one who leaves", async () => {
    const { id } = await zoom.plan({ settings: { join_before_host: true } });
    const { json } = await zoom.admin<Participant>("POST", `/meetings/${id}/join`, { name: "Ada" });
    expect((await zoom.call("GET", `/meetings/${id}`)).json.status).toBe("started");
    await zoom.admin("POST", `/meetings/${id}/leave`, { uuid: json.uuid });

    expect((await zoom.hooks()).at(-1)?.event).toBe("meeting.ended");
    expect((await zoom.call("GET", `/meetings/${id}`)).json.status).toBe("waiting");
  });

  test("through the API; a running meeting can't be deleted", async () => {
    const { id } = await zoom.plan();
    await zoom.admin("POST", `/meetings/${id}/start`);
    const refused = await zoom.call("DELETE", `/meetings/${id}`);
    expect(refused).toMatchObject({ status: 400, json: { code: 3002 } });

    await zoom.call("PUT", `/meetings/${id}/status`, { action: "end" });
    expect((await zoom.hooks()).at(-1)?.event).toBe("meeting.ended");
    expect((await zoom.call("DELETE", `/meetings/${id}`)).status).toBe(204);
    expect((await zoom.hooks()).map(({ event }) => event)).toEqual(["meeting.deleted"]);
  });

  test("a second run has a uuid of its own", async () => {
    const { id } = await zoom.plan();
    for (const action of ["start", "end", "start"]) {
      await zoom.admin("POST", `/meetings/${id}/${action}`);
    }
    const started = (await zoom.hooks()).filter(({ event }) => event === "meeting.started");
    expect(new Set(started.map(({ payload }) => payload.object.uuid)).size).toBe(2);
  });
});

test("the console lists meetings with a link for each side", async () => {
  const { id } = await zoom.plan({ topic: "Ada & Ben" });
  const { text } = await get(zoom.url);
  expect(text).toContain("Ada &amp; Ben");
  expect(text).toContain(`/j/${id}?pwd=`);
  expect(text).toContain(`/s/${id}?zak=`);
});
