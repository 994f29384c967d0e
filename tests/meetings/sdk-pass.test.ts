import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { sdkPass } from "~/features/meetings/meetings.server";
import type { Db } from "~/lib/db.server";

import { startBench, type Bench } from "../../emulators/zoom/testing.ts";

const environment: Record<string, string> = {};
vi.mock("~/lib/env.server", () => ({ getEnv: () => environment }));

let zoom: Bench;
beforeAll(async () => {
  zoom = await startBench();
  Object.assign(environment, {
    ZOOM_API_BASE: `${zoom.url}/v2`,
    ZOOM_OAUTH_BASE: zoom.url,
    ZOOM_ACCOUNT_ID: "local_account",
    ZOOM_CLIENT_ID: "local_client",
    ZOOM_CLIENT_SECRET: "local_client_secret",
    ZOOM_SDK_CLIENT_ID: "sdk_client",
    ZOOM_SDK_CLIENT_SECRET: "local_sdk_secret",
  });
});
afterAll(() => zoom.stop());

/** A database whose door to this meeting is open, for somebody who has their link. */
function openDoorTo(zoom_meeting_id: string): Db {
  const door = {
    meeting_id: "m1",
    profile_id: "p1",
    zoom_meeting_id,
    join_url: `https://zoom.example/j/${zoom_meeting_id}?pwd=secret&tk=ticket`,
    first_name: "Dana",
    last_name: "Reed",
    customer_key: "key",
  };
  return {
    rpc: () => ({ single: () => Promise.resolve({ data: door, error: null }) }),
  } as unknown as Db;
}

it("the SDK is given all it takes to join: number, passcode, link's ticket and key", async () => {
  const { id } = await zoom.plan({ password: "porch-61" });
  const pass = await sdkPass(openDoorTo(String(id)), "b1");
  expect(pass).toEqual({
    ok: true,
    value: {
      appKey: "sdk_client",
      signature: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
      meetingNumber: String(id),
      password: "porch-61",
      customerKey: "key",
      registrantToken: "ticket",
    },
  });
});

it("nobody is let into a meeting that Zoom does not show", async () => {
  expect(await sdkPass(openDoorTo("1"), "b1")).toMatchObject({
    ok: false,
    error: { code: "MTPRE" },
  });
});
