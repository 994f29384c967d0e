import { createHmac } from "node:crypto";

import { afterAll, beforeAll, expect, it } from "vitest";

import { signForSdk } from "../../app/features/meetings/sdk-signature.server.ts";
import { startBench, type Bench } from "./testing.ts";

const app = { clientId: "sdk_client", clientSecret: "sdk secret" };

let zoom: Bench;
beforeAll(async () => {
  zoom = await startBench();
});
afterAll(() => zoom.stop());

async function verify(signature: string, clientSecret = app.clientSecret) {
  const body = { signature, clientSecret };
  return (await zoom.admin("POST", "/verify-signature", body)).json;
}

function sign(claims: object, header: object = { alg: "HS256", typ: "JWT" }): string {
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${createHmac("sha256", app.clientSecret).update(text).digest("base64url")}`;
}

it("what the site signs is what Zoom takes", async () => {
  const now = Math.floor(Date.now() / 1000);
  const signature = signForSdk(app, "81234567890", now);
  expect(await verify(signature)).toEqual({ valid: true, problems: [] });
  expect(await verify(signature, "another secret")).toMatchObject({ valid: false });

  const [, claims = ""] = signature.split(".");
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toEqual({
    appKey: "sdk_client",
    mn: "81234567890",
    role: 0,
    iat: now - 30,
    exp: now - 30 + 7200,
    tokenExp: now - 30 + 7200,
  });
  expect(await verify(signForSdk(app, "81234567890", now - 7200))).toMatchObject({
    problems: ["it has expired"],
  });
  expect(await verify(signForSdk(app, "81234567890", now + 600))).toMatchObject({
    problems: ["it is not good yet"],
  });
});

it("Zoom takes no other header, claims or length", async () => {
  const iat = Math.floor(Date.now() / 1000) - 30;
  const good = { appKey: "a", mn: "8", role: 0, iat, exp: iat + 3600, tokenExp: iat + 3600 };
  expect(await verify(sign(good))).toMatchObject({ valid: true });
  for (const claims of [
    { ...good, mn: 8 },
    { ...good, sdkKey: "a" },
    { ...good, exp: iat + 900 },
    { ...good, tokenExp: iat + 172_801 },
  ]) {
    expect(await verify(sign(claims))).toMatchObject({ valid: false });
  }
  expect(await verify(sign(good, { alg: "none" }))).toMatchObject({ valid: false });
});
