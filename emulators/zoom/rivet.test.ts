import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AwsLambdaReceiver, MeetingsS2SAuthClient } from "@zoom/rivet/meetings";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { startBench, WEBHOOK_SECRET, type Bench } from "./testing.ts";

/* The emulator against Zoom's own library: its client calls it, its receiver checks its webhooks. */

let zoom: Bench;
beforeEach(async () => {
  vi.spyOn(console, "debug").mockReturnValue(); // the library prints every event it gets
  zoom = await startBench();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await zoom.stop();
});

async function startClient() {
  const { access_token } = (await zoom.token()).json;
  return new MeetingsS2SAuthClient({
    accountId: "local_account",
    clientId: "local_client",
    clientSecret: "local_client_secret",
    webhooksSecretToken: WEBHOOK_SECRET,
    baseUrl: `${zoom.url}/v2`,
    // The library asks for tokens at zoom.us only, so it is handed one.
    tokenStore: {
      getLatestToken: () => ({
        accessToken: access_token,
        expirationTimeIso: new Date(Date.now() + 3_600_000).toISOString(),
        scopes: [],
      }),
      storeToken: () => undefined,
    },
  });
}

test("Zoom's client plans, reads, lists, moves and deletes", async () => {
  const { endpoints } = await startClient();
  const created = await endpoints.meetings.createMeeting({
    path: { userId: "host_1" },
    body: { topic: "Session", type: 2, start_time: "2030-06-03T15:00:00Z", duration: 60 },
  });
  expect(created.statusCode).toBe(201);
  const meetingId = created.data?.id ?? 0;

  const path = { meetingId };
  await endpoints.meetings.updateMeeting({ path, body: { duration: 30 }, query: {} });
  const read = await endpoints.meetings.getMeeting({ path, query: {} });
  expect(read.data).toMatchObject({ id: meetingId, duration: 30, status: "waiting" });
  const listed = await endpoints.meetings.listMeetings({ path: { userId: "host_1" }, query: {} });
  expect(listed.data?.meetings?.map(({ id }) => id)).toEqual([meetingId]);
  await endpoints.meetings.deleteMeeting({ path, query: {} });
  await expect(endpoints.meetings.getMeeting({ path, query: {} })).rejects.toThrow("[404/3001]");
  expect(await zoom.violations()).toEqual([]);
});

/** What Zoom's own receiver answers to a delivery. */
async function receive(body: string, headers: Record<string, string>) {
  const receiver = new AwsLambdaReceiver({ webhooksSecretToken: WEBHOOK_SECRET });
  const handle = receiver.start() as unknown as (
    event: object,
    context: object,
  ) => Promise<{ statusCode: number; body: string }>;
  return handle({ body, headers, isBase64Encoded: false }, {});
}

test("Zoom's receiver takes our webhooks, and only as they were signed", async () => {
  await zoom.plan();
  await zoom.admin("POST", "/settle");
  const [delivery] = zoom.receiver.received;
  const { body = "", headers = {} } = delivery ?? {};

  expect((await receive(body, headers)).statusCode).toBe(200);
  expect((await receive(body.replace("Session", "Forged!"), headers)).statusCode).toBe(400);
  const otherTime = { ...headers, "x-zm-request-timestamp": "1" };
  expect((await receive(body, otherTime)).statusCode).toBe(400);
});

test("an address proves itself by hashing the challenge, as Zoom's receiver does", async () => {
  const wrong = await zoom.admin("POST", "/validate-endpoint");
  expect(wrong.json).toMatchObject({ validated: false, status: 200 });

  zoom.receiver.reply = async ({ body, headers }) => (await receive(body, headers)).body;
  const right = await zoom.admin("POST", "/validate-endpoint");
  expect(right.json).toMatchObject({ validated: true, status: 200 });
});

test("meetings, tokens and runs survive a restart", async () => {
  const snapshotPath = join(mkdtempSync(join(tmpdir(), "zoom-")), "state.json");
  const first = await startBench({ snapshotPath });
  const { access_token } = (await first.token()).json;
  const { id } = await first.plan({ settings: { join_before_host: true } });
  await first.admin("POST", `/meetings/${id}/join`, { name: "Ada" });
  await first.stop();

  const second = await startBench({ snapshotPath });
  second.useToken(access_token);
  const read = await second.call("GET", `/meetings/${id}`);
  expect(read.json).toMatchObject({ id, status: "started" });
  await second.stop();
});
