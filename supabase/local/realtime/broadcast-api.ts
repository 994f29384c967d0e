import { Hono, type Context as RequestContext } from "hono";
import { z } from "zod";

import type { Identity } from "../tokens.ts";
import type { Context } from "./context.ts";
import type { Broadcast } from "./frames.ts";
import { chooseToken, identify } from "./identity.ts";
import { Refusal } from "./refusal.ts";

const MessageSchema = z.object({
  topic: z.string().min(1),
  event: z.string(),
  payload: z.record(z.string(), z.unknown()),
  private: z.boolean().default(false),
});
// A binary frame has one byte for the length of `realtime:<topic>`, and one for that of the event.
const LONGEST_NAME_BYTES = 255 - "realtime:".length;
const BatchSchema = z.object({ messages: z.array(MessageSchema).min(1) });

/**
 * The HTTP side of Realtime: sending without being connected. `POST /api/broadcast` takes several
 * messages and leaves out those that may not be sent; `…/<topic>/events/<event>` takes the payload
 * of one and refuses it.
 */
export function createBroadcastApi(context: Context): Hono {
  const app = new Hono();

  app.post("/api/broadcast", async (request) => {
    const batch = BatchSchema.safeParse(await request.req.json().catch(() => null));
    if (!batch.success)
      return request.json({ errors: z.flattenError(batch.error).fieldErrors }, 422);

    const sender = await senderOf(request);
    for (const { topic, event, payload, private: isPrivate } of batch.data.messages) {
      const broadcast: Broadcast = { payload: { type: "broadcast", event, payload } };
      if (await maySend(sender, topic, isPrivate))
        context.rooms.broadcast(topic, isPrivate, broadcast);
    }
    return request.body(null, 202);
  });

  app.post("/api/broadcast/:topic/events/:event", async (request) => {
    const { topic, event } = request.req.param();
    if (request.req.query("persist") ?? request.req.query("persist[ttl]")) {
      return request.json({ error: "Messages are not stored on the local stack" }, 422);
    }

    if (Math.max(Buffer.byteLength(topic), Buffer.byteLength(event)) > LONGEST_NAME_BYTES) {
      return request.json({ error: "Topic or event is too long" }, 422);
    }

    const isPrivate = request.req.query("private") === "true";
    if (!(await maySend(await senderOf(request), topic, isPrivate))) {
      return request.json(
        { error: "You do not have permissions to write to this Channel topic" },
        403,
      );
    }

    const isBinary = request.req.header("content-type") === "application/octet-stream";
    const bytes = new Uint8Array(await request.req.arrayBuffer());
    if (!isBinary && !isJson(bytes)) return request.json({ error: "Payload must be JSON" }, 422);
    const encoding = isBinary ? "binary" : "json";
    context.rooms.broadcast(topic, isPrivate, { bytes: { event, encoding, bytes } });
    return request.body(null, 202);
  });

  app.onError((error, request) => {
    if (error instanceof Refusal) return request.json({ message: error.message }, 401);
    context.report("a broadcast over HTTP", error);
    return request.json({ message: "Internal server error" }, 500);
  });

  async function senderOf(request: RequestContext): Promise<Identity> {
    const apiKey = request.req.header("apikey") ?? "";
    const bearer = request.req.header("authorization")?.replace(/^Bearer /i, "");
    return identify(chooseToken(bearer, apiKey), context.verifyToken, context.timers.now());
  }

  async function maySend(sender: Identity, topic: string, isPrivate: boolean): Promise<boolean> {
    return !isPrivate || context.authorizer.mayWrite(topic, sender, "broadcast");
  }

  return app;
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
