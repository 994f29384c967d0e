import type { WebSocket } from "ws";

import { Channel, type ChannelOutput } from "./channel.ts";
import type { Context } from "./context.ts";
import {
  decodeFrame,
  encodeBroadcast,
  encodeFrame,
  type Frame,
  type IncomingFrame,
  type JsonObject,
  type ProtocolVersion,
} from "./frames.ts";
import { readJoinRequest } from "./join-request.ts";
import { Refusal } from "./refusal.ts";

type ConnectionOptions = {
  socket: WebSocket;
  version: ProtocolVersion;
  /** The key the connection was opened with; already verified. */
  apiKey: string;
  context: Context;
};

type Joined = { channel: Channel; joinRef: string | null };

const TOPIC_PREFIX = "realtime:";

/** Serves one WebSocket until it closes: many channels, each handling its frames in order. */
export function serveConnection({ socket, version, apiKey, context }: ConnectionOptions): void {
  const joined = new Map<string, Joined>();
  const queues = new Map<string, Promise<void>>();

  socket.on("message", (data, isBinary) => {
    let frame: IncomingFrame;
    try {
      frame = decodeFrame(toBuffer(data), isBinary, version);
    } catch (error) {
      // After a message that can't be read nothing else on this connection makes sense.
      context.report("message", error);
      return socket.close(1003, "unreadable message");
    }

    // One topic waits for its own database checks only; heartbeats wait for nothing.
    const queue = (queues.get(frame.topic) ?? Promise.resolve()).then(() => handle(frame));
    queues.set(frame.topic, queue);
    void queue.then(() => {
      if (queues.get(frame.topic) === queue) queues.delete(frame.topic);
    });
  });

  socket.on("close", () => {
    for (const { channel } of joined.values()) channel.leave();
    joined.clear();
  });
  // A close always follows, and says all there is to know.
  socket.on("error", () => undefined);

  async function handle(frame: IncomingFrame): Promise<void> {
    try {
      if (frame.topic === "phoenix") return reply(frame, "ok");
      if (!frame.topic.startsWith(TOPIC_PREFIX))
        throw new Refusal("TopicNameRequired", frame.topic);
      if (frame.event === "phx_join") return await join(frame);

      const current = joined.get(frame.topic);
      if (!current) return reply(frame, "error", { reason: "unmatched topic" });
      if (frame.event === "phx_leave") return leave(frame, current);
      await current.channel.handle(frame);
    } catch (error) {
      if (!(error instanceof Refusal)) context.report(`${frame.event} on ${frame.topic}`, error);
      const reason = error instanceof Refusal ? error.reason : "Unknown Error on Channel";
      reply(frame, "error", { reason });
    }
  }

  async function join(frame: IncomingFrame): Promise<void> {
    const topic = frame.topic.slice(TOPIC_PREFIX.length);
    if (topic === "") throw new Refusal("TopicNameRequired", "You must provide a topic name");

    // Joining again is how a client starts over: its channel of before ends.
    const previous = joined.get(frame.topic);
    if (previous) {
      previous.channel.leave();
      close(frame.topic, previous);
    }

    const output = outputOf(frame);
    const request = readJoinRequest(frame.payload);
    const channel = new Channel({ context, topic, apiKey, request, output });
    await channel.join();
    if (socket.readyState !== socket.OPEN) return channel.leave();

    joined.set(frame.topic, { channel, joinRef: frame.joinRef });
    reply(frame, "ok", { postgres_changes: [] });
    channel.welcome();
  }

  function leave(frame: IncomingFrame, current: Joined): void {
    current.channel.leave();
    reply(frame, "ok");
    close(frame.topic, current);
  }

  function close(topic: string, { joinRef }: Joined): void {
    joined.delete(topic);
    send({ joinRef, ref: joinRef, topic, event: "phx_close", payload: {} });
  }

  function outputOf({ topic, joinRef }: Frame): ChannelOutput {
    return {
      push: (event, payload) => send({ joinRef, ref: null, topic, event, payload }),
      broadcast(broadcast) {
        const message = encodeBroadcast(topic, broadcast, version);
        if (message !== null) socket.send(message);
      },
      reply,
      closed() {
        const current = joined.get(topic);
        if (current?.joinRef === joinRef) close(topic, current);
      },
    };
  }

  function reply(frame: Frame, status: "ok" | "error", response: JsonObject = {}): void {
    if (frame.ref === null) return;
    send({ ...frame, event: "phx_reply", payload: { status, response } });
  }

  function send(frame: Frame): void {
    if (socket.readyState === socket.OPEN) socket.send(encodeFrame(frame, version));
  }
}

function toBuffer(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
