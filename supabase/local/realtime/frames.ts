import { z } from "zod";

import {
  decodeUserBroadcastPush,
  encodeUserBroadcast,
  type UserBroadcast,
} from "./user-broadcast.ts";

/** What a client chooses with `vsn`: 1.0.0 writes objects, 2.0.0 arrays and binary broadcasts. */
export type ProtocolVersion = "1.0.0" | "2.0.0";

export type JsonObject = Record<string, unknown>;

/** One message in either direction, whatever the version writes it like. */
export type Frame = {
  joinRef: string | null;
  ref: string | null;
  /** As on the wire: `realtime:<topic>`, or `phoenix` for heartbeats. */
  topic: string;
  event: string;
  payload: JsonObject;
};

/** A frame from a client. Binary ones hold their broadcast beside an otherwise empty payload. */
export type IncomingFrame = Frame & {
  broadcast?: UserBroadcast;
  metadata?: JsonObject;
};

/** What is told to the subscribers of a topic: an object, or the untouched bytes of another client. */
export type Broadcast = { payload: JsonObject } | { bytes: UserBroadcast };

const RefSchema = z
  .string()
  .nullish()
  .transform((ref) => ref ?? null);
const PayloadSchema = z.record(z.string(), z.unknown());
const ObjectFrameSchema = z.object({
  topic: z.string(),
  event: z.string(),
  payload: PayloadSchema,
  ref: RefSchema,
  join_ref: RefSchema,
});
const ArrayFrameSchema = z.tuple([RefSchema, RefSchema, z.string(), z.string(), PayloadSchema]);

/**
 * Reads one WebSocket message.
 *
 * @throws when it is not a message of that version
 */
export function decodeFrame(
  data: Buffer,
  isBinary: boolean,
  version: ProtocolVersion,
): IncomingFrame {
  if (isBinary) {
    const { joinRef, ref, topic, broadcast, metadata } = decodeUserBroadcastPush(data);
    return { joinRef, ref, topic, event: "broadcast", payload: {}, broadcast, metadata };
  }

  const message: unknown = JSON.parse(data.toString("utf8"));
  if (version === "1.0.0") {
    const { join_ref: joinRef, ref, topic, event, payload } = ObjectFrameSchema.parse(message);
    return { joinRef, ref, topic, event, payload };
  }
  const [joinRef, ref, topic, event, payload] = ArrayFrameSchema.parse(message);
  return { joinRef, ref, topic, event, payload };
}

/** Writes a message as the version does. Clients of 1.0.0 are not told the join reference. */
export function encodeFrame(frame: Frame, version: ProtocolVersion): string {
  const { joinRef, ref, topic, event, payload } = frame;
  return version === "1.0.0"
    ? JSON.stringify({ topic, event, payload, ref })
    : JSON.stringify([joinRef, ref, topic, event, payload]);
}

/**
 * Writes a broadcast for one subscriber.
 *
 * @returns null when the version can't express it: 1.0.0 has only JSON payloads
 */
export function encodeBroadcast(
  topic: string,
  broadcast: Broadcast,
  version: ProtocolVersion,
): string | Uint8Array | null {
  if ("bytes" in broadcast && version === "2.0.0") {
    return encodeUserBroadcast(topic, broadcast.bytes);
  }

  const payload = "bytes" in broadcast ? parsePayload(broadcast.bytes) : broadcast.payload;
  if (!payload) return null;
  return encodeFrame({ joinRef: null, ref: null, topic, event: "broadcast", payload }, version);
}

function parsePayload({ event, encoding, bytes }: UserBroadcast): JsonObject | null {
  if (encoding === "binary") return null;
  try {
    const payload: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return { type: "broadcast", event, payload };
  } catch {
    return null; // a client that says JSON and sends something else must not disturb the others
  }
}
