import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { outboxStore } from "./outbox-store.ts";

type Sent = { body: string; writer: string; answer: (response: Response) => void };

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
      new Promise<Response>((answer) =>
        sent.push({
          body: body.get("body") as string,
          writer: body.get("writerId") as string,
          answer,
        }),
      ),
  );
});
afterEach(() => vi.unstubAllGlobals());

/** What the site says of a message that it has stored. */
const stored = (seq = 1) => Response.json({ data: { seq } });

let threads = 0;
/** A thread in which somebody writes. */
function openThread(writerId = "dana") {
  const id = `thread-${(threads += 1)}`;
  return {
    write: (body: string) =>
      outboxStore.dispatch(id, { type: "written", id: body, writerId, body, files: [] }),
    drop: (body: string) => outboxStore.dispatch(id, { type: "dropped", id: body }),
    seqs: () => outboxStore.read(id).map(({ seq }) => seq),
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
    sent[count - 1]!.answer(stored(count));
  }
  await vi.waitFor(() => expect(thread.states()).toEqual(["One sent", "Two sent", "Three sent"]));
  expect(sent.map(({ body }) => body)).toEqual(["One", "Two", "Three"]);
  expect(thread.seqs()).toEqual([1, 2, 3]);
});

it("does not let another thread wait", () => {
  openThread().write("Here");
  openThread().write("There");
  expect(sent.map(({ body }) => body)).toEqual(["Here", "There"]);
  for (const { answer } of sent) answer(stored());
});

it("asks before the page is closed while something is not sent, and no longer", async () => {
  await vi.waitFor(() => expect(asksBeforeLeaving()).toBe(false));
  const thread = openThread();
  thread.write("One");
  expect(asksBeforeLeaving()).toBe(true);
  sent[0]!.answer(stored());
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

it("does not take the page of a hotel's network for an answer of ours", async () => {
  const thread = openThread();
  thread.write("One");
  sent[0]!.answer(new Response("<h1>Welcome</h1>"));
  await vi.waitFor(() => expect(thread.states()).toEqual(["One failed"]));
  thread.drop("One");
});

it("says whose a message is, and keeps nothing of somebody else's", async () => {
  const [danas, another] = [openThread("dana"), openThread("dana")];
  for (const body of ["One", "Two"]) danas.write(body);
  another.write("Three");
  expect(sent.map(({ writer }) => writer)).toEqual(["dana", "dana"]);

  outboxStore.keepOnlyOf("dana");
  expect(danas.states()).toEqual(["One sending", "Two waiting"]);
  let times = 0;
  const stop = outboxStore.subscribe(() => (times += 1));
  outboxStore.keepOnlyOf("kim");
  expect([...danas.states(), ...another.states()]).toEqual([]);
  expect(times).toBe(1);
  expect(asksBeforeLeaving()).toBe(false);
  stop();

  // What was on its way arrives; what waited behind it is nobody's any more.
  for (const { answer } of sent) answer(stored());
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toHaveLength(2);
  expect(danas.states()).toEqual([]);
});
