import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { outboxStore } from "./outbox-store.ts";

type Sent = { body: string; answer: (response: Response) => void };

/** What was sent and waits for an answer. */
let sent: Sent[];
let page: EventTarget;

beforeEach(() => {
  sent = [];
  page = new EventTarget();
  vi.stubGlobal("window", page);
  vi.stubGlobal(
    "fetch",
    (_: string, { body }: { body: FormData }) =>
      new Promise<Response>((answer) => sent.push({ body: body.get("body") as string, answer })),
  );
});
afterEach(() => vi.unstubAllGlobals());

let threads = 0;
/** A thread in which somebody writes. */
function openThread() {
  const id = `thread-${(threads += 1)}`;
  return {
    write: (body: string) =>
      outboxStore.dispatch(id, { type: "written", id: body, body, files: [] }),
    drop: (body: string) => outboxStore.dispatch(id, { type: "dropped", id: body }),
    states: () => outboxStore.read(id).map(({ body, state }) => `${body} ${state}`),
  };
}

/** Whether the browser would ask before the page is closed. */
function asksBeforeLeaving(): boolean {
  return !page.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

it("sends one after the other, whether anybody looks or not", async () => {
  const thread = openThread();
  for (const body of ["One", "Two", "Three"]) thread.write(body);
  expect(thread.states()).toEqual(["One sending", "Two waiting", "Three waiting"]);

  for (const count of [1, 2, 3]) {
    await vi.waitFor(() => expect(sent).toHaveLength(count));
    sent[count - 1]!.answer(new Response());
  }
  await vi.waitFor(() => expect(thread.states()).toEqual(["One sent", "Two sent", "Three sent"]));
  expect(sent.map(({ body }) => body)).toEqual(["One", "Two", "Three"]);
});

it("does not let another thread wait", () => {
  openThread().write("Here");
  openThread().write("There");
  expect(sent.map(({ body }) => body)).toEqual(["Here", "There"]);
  for (const { answer } of sent) answer(new Response());
});

it("asks before the page is closed while something is not sent, and no longer", async () => {
  await vi.waitFor(() => expect(asksBeforeLeaving()).toBe(false));
  const thread = openThread();
  thread.write("One");
  expect(asksBeforeLeaving()).toBe(true);
  sent[0]!.answer(new Response());
  await vi.waitFor(() => expect(asksBeforeLeaving()).toBe(false));

  thread.write("Two");
  sent[1]!.answer(Response.json({ error: { message: "Wait a minute." } }, { status: 429 }));
  await vi.waitFor(() => expect(thread.states()).toEqual(["One sent", "Two failed"]));
  expect(asksBeforeLeaving()).toBe(true);
  thread.drop("Two");
  expect(asksBeforeLeaving()).toBe(false);
});

it("tells who listens, with what stays the same until it changes", () => {
  const thread = openThread();
  let times = 0;
  const stop = outboxStore.subscribe(() => (times += 1));
  expect(outboxStore.read("nowhere")).toBe(outboxStore.read("nowhere"));
  thread.write("One");
  expect(times).toBe(2); // written, and taken
  stop();
  thread.drop("One");
  expect(times).toBe(2);
});
