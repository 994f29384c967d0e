import { Hono } from "hono";

import { serve, type EmulatorEnv } from "./serve.ts";

/** What a webhook receiver got: the exact text, and the headers in lower case. */
export type Received = { body: string; headers: Record<string, string> };

export type Receiver = {
  url: string;
  received: Received[];
  /** Statuses of the next answers, in order; 200 when used up. */
  answers: number[];
  /** Makes the text of an answer; set it to answer anything but nothing. */
  reply: (delivery: Received) => Promise<string> | string;
  stop(): Promise<void>;
};

/** Starts a receiver of webhooks for the emulators' own tests. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const app = new Hono<EmulatorEnv>();
  app.post("/", async (context) => {
    const delivery = { body: await context.req.text(), headers: context.req.header() };
    received.push(delivery);
    return new Response(await receiver.reply(delivery), { status: answers.shift() ?? 200 });
  });
  const service = await serve(app, { name: "receiver", port: 0 });
  const receiver: Receiver = {
    url: `${service.url}/`,
    received,
    answers,
    reply: () => "",
    stop: service.stop,
  };
  return receiver;
}
