import { createHmac, randomBytes } from "node:crypto";

import { Hono } from "hono";
import { z } from "zod";

import type { EmulatorEnv } from "../shared/serve.ts";
import { attemptDelivery } from "../shared/webhook-attempt.ts";
import { signatureHeaders } from "./events.ts";
import { endMeeting, joinMeeting, leaveMeeting, startMeeting } from "./live.ts";
import { problemsOfSignature } from "./sdk-signature.ts";
import { findMeeting, type Zoom } from "./zoom.ts";

const SignatureSchema = z.strictObject({ signature: z.string(), clientSecret: z.string() });

const GuestSchema = z.strictObject({
  name: z.string().min(1),
  customerKey: z.string().optional(),
  registrantId: z.string().optional(),
});

/**
 * What tests can do beyond the common control panel: run a meeting without a browser
 * (`POST /meetings/{id}/start|join|leave|end`) and have the webhook address challenged
 * (`POST /validate-endpoint`). `POST /verify-signature` checks a signature of the Meeting SDK.
 */
export function zoomAdminRoutes(zoom: Zoom) {
  const app = new Hono<EmulatorEnv>();

  app.post("/validate-endpoint", async (context) => context.json(await challengeEndpoint(zoom)));

  app.post("/meetings/:meetingId/start", (context) => {
    const outcome = startMeeting(zoom, findMeeting(zoom, context.req.param("meetingId")));
    return context.json(outcome, "refused" in outcome ? 409 : 201);
  });

  app.post("/meetings/:meetingId/join", async (context) => {
    const guest = GuestSchema.parse(await context.req.json());
    const outcome = joinMeeting(zoom, findMeeting(zoom, context.req.param("meetingId")), guest);
    return context.json(outcome, "refused" in outcome ? 409 : 201);
  });

  app.post("/meetings/:meetingId/leave", async (context) => {
    const { uuid } = z.strictObject({ uuid: z.string() }).parse(await context.req.json());
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const left = leaveMeeting(zoom, meeting, uuid, new URL(context.req.url).origin);
    return context.json({ left }, left ? 200 : 404);
  });

  app.post("/meetings/:meetingId/end", (context) => {
    const meeting = findMeeting(zoom, context.req.param("meetingId"));
    const ended = endMeeting(zoom, meeting, new URL(context.req.url).origin);
    return context.json({ ended }, ended ? 200 : 409);
  });

  app.post("/verify-signature", async (context) => {
    const { signature, clientSecret } = SignatureSchema.parse(await context.req.json());
    const problems = problemsOfSignature(signature, clientSecret, zoom.clock.seconds());
    return context.json({ valid: problems.length === 0, problems });
  });

  return app;
}

/** Asks the webhook address to prove that it knows the secret, as Zoom does now and then. */
async function challengeEndpoint(zoom: Zoom) {
  const { webhookUrl, webhookSecret } = zoom.options;
  const plainToken = randomBytes(16).toString("base64url");
  const encryptedToken = createHmac("sha256", webhookSecret).update(plainToken).digest("hex");
  const event = "endpoint.url_validation";
  const body = JSON.stringify({ event, payload: { plainToken }, event_ts: zoom.clock.now() });

  const headers = signatureHeaders(webhookSecret, body, zoom.clock.seconds());
  const outcome = await attemptDelivery(webhookUrl, body, headers, 3_000);
  const expected = JSON.stringify({ plainToken, encryptedToken });
  const validated = outcome.delivered && sameJson(outcome.answer, expected);
  return { validated, status: outcome.status, answer: outcome.answer };
}

function sameJson(one: string, other: string): boolean {
  const shape = z.object({ plainToken: z.string(), encryptedToken: z.string() });
  try {
    return JSON.stringify(shape.parse(JSON.parse(one))) === other;
  } catch {
    return false;
  }
}
