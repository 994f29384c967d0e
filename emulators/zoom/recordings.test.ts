import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { startBench, type Bench } from "./testing.ts";

let zoom: Bench;
beforeAll(async () => {
  zoom = await startBench();
});
afterAll(() => zoom.stop());
beforeEach(async () => {
  await zoom.admin("POST", "/reset");
  await zoom.admin("POST", "/clock", { set: "2030-06-03T15:00:00Z" });
  zoom.useToken((await zoom.token()).json.access_token);
});
afterEach(async () => {
  expect(await zoom.violations()).toEqual([]);
});

type Told = { uuid: string; share_url: string; recording_play_passcode: string; password: string };

/** A meeting that ran for 50 minutes; what was told of its recording, if there is one. */
async function recorded(settings: object): Promise<{ id: number; told: Told[] }> {
  const { id } = await zoom.plan({ settings });
  await zoom.admin("POST", `/meetings/${id}/start`);
  await zoom.admin("POST", "/clock", { advanceSeconds: 50 * 60 });
  await zoom.admin("POST", `/meetings/${id}/end`);
  const told = (await zoom.hooks()).filter(({ event }) => event === "recording.completed");
  return { id, told: told.map(({ payload }) => payload.object as unknown as Told) };
}

async function text(url: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
}

test("a meeting that is set so is recorded when it ends, and watched with its passcode", async () => {
  const { id, told } = await recorded({ auto_recording: "cloud" });
  expect(told).toMatchObject([
    { id, duration: 50, start_time: "2030-06-03T15:00:00Z", total_size: 198_000_000 },
  ]);
  const { share_url, recording_play_passcode, password } = told[0]!;
  expect((await text(share_url)).text).toContain("Passcode");
  for (const way of [`pwd=${recording_play_passcode}`, `passcode=${password}`]) {
    expect((await text(`${share_url}?${way}`)).text).toContain("The recording plays here.");
  }
  expect((await text(`${share_url}?pwd=guess`)).text).not.toContain("plays here");
  expect((await zoom.call("GET", `/meetings/${id}/recordings`)).json).toMatchObject({
    recording_count: 2,
    recording_play_passcode,
  });
});

test("any other is not, whatever it is set to while it runs", async () => {
  const { id, told } = await recorded({});
  expect(told).toEqual([]);
  const none = await zoom.call("GET", `/meetings/${id}/recordings`);
  expect(none).toMatchObject({ status: 404, json: { code: 3301 } });

  await zoom.admin("POST", `/meetings/${id}/start`);
  await zoom.call("PATCH", `/meetings/${id}`, { settings: { auto_recording: "cloud" } });
  await zoom.admin("POST", `/meetings/${id}/end`);
  const events = (await zoom.hooks()).map(({ event }) => event);
  expect(events).not.toContain("recording.completed");
});

test.each(["trash", "delete"])("a recording that is gone (%s) is told of once", async (action) => {
  const { id, told } = await recorded({ auto_recording: "cloud" });
  const { uuid, share_url, recording_play_passcode } = told[0]!;
  const path = `/meetings/${encodeURIComponent(encodeURIComponent(uuid))}/recordings`;

  expect((await zoom.call("DELETE", `${path}?action=${action}`)).status).toBe(204);
  const again = await zoom.call("DELETE", `${path}?action=${action}`);
  expect(again).toMatchObject({ status: 404, json: { code: 3301 } });
  expect((await zoom.hooks()).map(({ event }) => event)).toEqual([
    action === "trash" ? "recording.trashed" : "recording.deleted",
  ]);
  expect((await text(`${share_url}?pwd=${recording_play_passcode}`)).status).toBe(404);
  expect((await zoom.call("GET", `/meetings/${id}/recordings`)).status).toBe(404);
});

test("a recording outlives its meeting", async () => {
  const { id } = await recorded({ auto_recording: "cloud" });
  await zoom.call("DELETE", `/meetings/${id}`);
  expect((await zoom.call("GET", `/meetings/${id}/recordings`)).status).toBe(200);
});
