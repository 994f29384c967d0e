import { createHmac } from "node:crypto";

import { describe, expect, it } from "vitest";

import { sql } from "../e2e/support/database.ts";
import { stackValue } from "../e2e/support/stack.ts";

type Vendor = {
  name: "stripe" | "zoom" | "clerk" | "resend";
  body: string;
  /** The headers of a delivery at this second, signed with this secret. */
  sign(secret: string, body: string, seconds: number): Record<string, string>;
  secret: () => string;
  otherSecret: string;
};

function hmac(key: string | Buffer, text: string, encoding: "hex" | "base64"): string {
  return createHmac("sha256", key).update(text).digest(encoding);
}

const VENDORS: Vendor[] = [
  {
    name: "stripe",
    body: JSON.stringify({
      id: "evt_forged",
      object: "event",
      type: "charge.succeeded",
      data: { object: { id: "ch_1", object: "charge" } },
    }),
    sign: (secret, body, seconds) => ({
      "stripe-signature": `t=${seconds},v1=${hmac(secret, `${seconds}.${body}`, "hex")}`,
    }),
    secret: () => stackValue("STRIPE_WEBHOOK_SECRET"),
    otherSecret: "whsec_guess",
  },
  {
    name: "zoom",
    body: JSON.stringify({
      event: "meeting.started",
      event_ts: 1,
      payload: { object: { id: "1", uuid: "forged==", start_time: "2026-01-01T00:00:00Z" } },
    }),
    sign: (secret, body, seconds) => ({
      "x-zm-request-timestamp": String(seconds),
      "x-zm-signature": `v0=${hmac(secret, `v0:${seconds}:${body}`, "hex")}`,
    }),
    secret: () => stackValue("ZOOM_WEBHOOK_SECRET"),
    otherSecret: "guess",
  },
  {
    name: "clerk",
    body: JSON.stringify({ type: "session.created", object: "event", data: { id: "sess_forged" } }),
    sign: signAsSvix,
    secret: () => stackValue("CLERK_WEBHOOK_SECRET"),
    otherSecret: `whsec_${Buffer.from("guess").toString("base64")}`,
  },
  {
    name: "resend",
    body: JSON.stringify({
      type: "email.delivered",
      created_at: "2026-01-01T00:00:00Z",
      data: { email_id: "forged", to: ["nobody@example.com"], created_at: "2026-01-01T00:00:00Z" },
    }),
    sign: signAsSvix,
    secret: () => stackValue("RESEND_WEBHOOK_SECRET"),
    otherSecret: `whsec_${Buffer.from("guess").toString("base64")}`,
  },
];

function signAsSvix(secret: string, body: string, seconds: number): Record<string, string> {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  return {
    "svix-id": `msg_${seconds}`,
    "svix-timestamp": String(seconds),
    "svix-signature": `v1,${hmac(key, `msg_${seconds}.${seconds}.${body}`, "base64")}`,
  };
}

async function post({ name, body }: Pick<Vendor, "name" | "body">, headers: HeadersInit) {
  const url = `${stackValue("SUPABASE_URL")}/functions/v1/${name}-webhook`;
  const response = await fetch(url, { method: "POST", headers, body });
  return { status: response.status, text: await response.text() };
}

async function refusals(vendor: string): Promise<number> {
  const rows = await sql`
    select from private.security_events
    where kind = 'webhook_refused' and detail ->> 'vendor' = ${vendor}
  `;
  return rows.length;
}

async function stored(vendor: string): Promise<number> {
  return (await sql`select from private.webhook_events where provider = ${vendor}`).length;
}

describe.each(VENDORS)("$name", (vendor) => {
  const { name, body, sign, secret, otherSecret } = vendor;
  const now = () => Math.floor(Date.now() / 1000);

  it("is believed when it signs", async () => {
    const before = await stored(name);
    const { status } = await post(vendor, sign(secret(), body, now()));
    expect(status).toBe(200);
    expect(await stored(name)).toBe(before + 1);
  });

  it.each([
    ["made with another secret", () => sign(otherSecret, body, now())],
    ["made for another body", () => sign(secret(), `${body} `, now())],
    ["six minutes old", () => sign(secret(), body, now() - 360)],
    ["missing", () => ({})],
  ])("is refused, and that is written down, when the signature is %s", async (_what, headers) => {
    const [events, refused] = [await stored(name), await refusals(name)];
    const { status, text } = await post(vendor, headers());

    expect(status).toBe(400);
    expect(text).not.toContain(secret());
    expect(await refusals(name)).toBe(refused + 1);
    expect(await stored(name)).toBe(events);
  });
});
