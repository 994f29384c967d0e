/**
 * The two binary frames of protocol 2.0.0. They carry a broadcast from one client to the others,
 * so that its payload crosses the server as bytes, without being parsed and written again.
 */

/** A broadcast whose payload is still the bytes its sender wrote. */
export type UserBroadcast = {
  event: string;
  encoding: "json" | "binary";
  bytes: Uint8Array;
};

/** A UserBroadcast on its way in, with the references its sender expects in a reply. */
export type UserBroadcastPush = {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  broadcast: UserBroadcast;
  /** What the sender asked of the server besides delivery, such as `persist`. */
  metadata: Record<string, unknown>;
};

const PUSH_KIND = 3;
const BROADCAST_KIND = 4;
const JSON_ENCODING = 1;
const PUSH_HEADER_BYTES = 7;
const LONGEST_FIELD = 255;

/**
 * Reads the frame that a client sends: kind, five field lengths, encoding, the fields, the payload.
 *
 * @throws when the frame is of another kind or ends before its fields do
 */
export function decodeUserBroadcastPush(frame: Uint8Array): UserBroadcastPush {
  const [kind, ...header] = frame.subarray(0, PUSH_HEADER_BYTES);
  if (kind !== PUSH_KIND || header.length < PUSH_HEADER_BYTES - 1) {
    throw new Error(`not a broadcast push: frame of kind ${kind}, ${frame.length} bytes`);
  }

  const encoding = header.pop();
  let offset = PUSH_HEADER_BYTES;
  const fields = header.map((length) => {
    if (offset + length > frame.length) throw new Error("broadcast push ends inside a field");
    const field = new TextDecoder().decode(frame.subarray(offset, offset + length));
    offset += length;
    return field;
  });
  const [joinRef = "", ref = "", topic = "", event = "", metadata = ""] = fields;

  return {
    joinRef: joinRef || null,
    ref: ref || null,
    topic,
    broadcast: {
      event,
      encoding: encoding === JSON_ENCODING ? "json" : "binary",
      bytes: frame.subarray(offset),
    },
    metadata: metadata === "" ? {} : (JSON.parse(metadata) as Record<string, unknown>),
  };
}

/**
 * Writes the frame that subscribers of a topic receive.
 *
 * @throws when topic or event is longer than 255 bytes, which a client can't have sent
 */
export function encodeUserBroadcast(topic: string, broadcast: UserBroadcast): Uint8Array {
  const topicBytes = field("topic", topic);
  const eventBytes = field("event", broadcast.event);
  const encoding = broadcast.encoding === "json" ? JSON_ENCODING : 0;
  const metadataLength = 0;

  return Buffer.concat([
    Uint8Array.of(BROADCAST_KIND, topicBytes.length, eventBytes.length, metadataLength, encoding),
    topicBytes,
    eventBytes,
    broadcast.bytes,
  ]);
}

function field(name: string, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LONGEST_FIELD)
    throw new Error(`${name} is longer than ${LONGEST_FIELD} bytes`);
  return bytes;
}
