import { newWorld, playsRpc, quietly, SECRETS, status } from "../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../_shared/testing/assert.ts";
import { VendorError } from "../_shared/vendor-error.ts";
import { type Claim, createHandler, type Topic } from "./handler.ts";
import { workOff } from "./testing/dispatch.ts";

type Failure = { id: number; message: string; isPermanent: boolean; retryAfterSeconds?: number };

/** A handler over claims that are made beforehand, and what it recorded. */
function withClaims(
  rounds: Claim[][],
  topics: Record<string, Topic>,
  changes: Partial<Parameters<typeof createHandler>[0]> = {},
) {
  const completed: unknown[] = [];
  const failed: Failure[] = [];
  const handle = createHandler({
    secretKey: "the key",
    topics,
    now: () => 0,
    claim: () => Promise.resolve(rounds.shift() ?? []),
    workOf: (id) => Promise.resolve({ workOf: id }),
    complete: (id, result) => Promise.resolve(void completed.push([id, result])),
    fail: (id, { message, isPermanent, retryAfterSeconds }) =>
      Promise.resolve(void failed.push({ id, message, isPermanent, retryAfterSeconds })),
    ...changes,
  });
  const call = (apikey = "the key") =>
    handle(new Request("http://function/", { method: "POST", headers: { apikey } }));
  return { call, completed, failed };
}

function row(id: number, topic = "mail"): Claim {
  return { id, topic, attempts: 1 };
}

const sends: Topic = (work, claim) => Promise.resolve({ work, id: claim.id });

Deno.test("dispatch is called by the database only", async () => {
  const { call, completed } = withClaims([[row(1)]], { mail: sends });
  for (const key of ["", "sb_publishable_key", "the ke"]) equal((await call(key)).status, 401);
  deepEqual(completed, []);
});

Deno.test("dispatch works until nothing is due", async () => {
  const { call, completed } = withClaims([[row(1), row(2)], [row(3)]], { mail: sends });
  deepEqual(await (await call()).json(), { data: { handled: 3 } });
  deepEqual(
    completed,
    [1, 2, 3].map((id) => [id, { work: { workOf: id }, id }]),
  );
});

Deno.test(
  "dispatch ends a run before the platform does, and leaves the rest to the next",
  async () => {
    let now = 0;
    const endless: Topic = () => {
      now += 15_000;
      return Promise.resolve({});
    };
    const { call, completed } = withClaims(
      [1, 2, 3, 4, 5, 6].map((id) => [row(id)]),
      { mail: endless },
      { now: () => now },
    );
    deepEqual(await (await call()).json(), { data: { handled: 3 } });
    equal(completed.length, 3);
  },
);

Deno.test(
  "dispatch closes a row with null when nothing is left to do, and calls nobody",
  async () => {
    let called = false;
    const topic: Topic = () => Promise.resolve({ called: (called = true) });
    const { call, completed } = withClaims(
      [[row(1)]],
      { mail: topic },
      { workOf: () => Promise.resolve(null) },
    );
    await call();
    deepEqual(completed, [[1, null]]);
    equal(called, false);
  },
);

Deno.test("dispatch tells permanent failures from passing ones, and how long to wait", async () => {
  const failures: Record<string, Error> = {
    gone: new VendorError("gone", { isPermanent: true }),
    busy: new VendorError("busy", { retryAfterSeconds: 30 }),
    surprise: new TypeError("not a function"),
  };
  const topics = Object.fromEntries(
    Object.entries(failures).map(([topic, error]) => [topic, () => Promise.reject(error)]),
  );
  const { call, completed, failed } = withClaims(
    [[row(1, "gone"), row(2, "busy"), row(3, "surprise"), row(4, "unheard of")]],
    topics,
  );
  await quietly(() => call());

  deepEqual(completed, []);
  deepEqual(
    failed.toSorted((left, right) => left.id - right.id),
    [
      { id: 1, message: "gone", isPermanent: true },
      { id: 2, message: "busy", isPermanent: false, retryAfterSeconds: 30 },
      { id: 3, message: "not a function", isPermanent: false },
      { id: 4, message: "No topic unheard of.", isPermanent: true },
    ],
  );
});

Deno.test(
  "dispatch goes on with other rows when one fails, even if that cannot be recorded",
  async () => {
    const topics = { mail: sends, bad: () => Promise.reject(new VendorError("no")) };
    const fail = () => Promise.reject(new Error("the database is away"));
    const { call, completed } = withClaims([[row(1, "bad"), row(2)], [row(3)]], topics, { fail });
    const { value: response, lines } = await quietly(() => call());

    equal(response.status, 200);
    equal(completed.length, 2);
    match(lines.join("\n"), /outbox_failure_not_recorded/);
  },
);

Deno.test("dispatch has a row tried again when its result could not be recorded", async () => {
  const complete = () => Promise.reject(new Error("the database is away"));
  const { call, failed } = withClaims([[row(1)]], { mail: sends }, { complete });
  await quietly(() => call());
  deepEqual(failed, [{ id: 1, message: "the database is away", isPermanent: false }]);
});

Deno.test(
  "dispatch says in its logs which row failed and why, and nothing of the work",
  async () => {
    const workOf = () => Promise.resolve({ email: "dana@example.com" });
    const { call } = withClaims(
      [[row(1)]],
      { mail: () => Promise.reject(new VendorError("resend 500")) },
      { workOf },
    );
    const { lines } = await quietly(() => call());
    deepEqual(
      lines.map((line) => JSON.parse(line)),
      [
        {
          level: "warn",
          event: "outbox_row_failed",
          id: 1,
          topic: "mail",
          attempts: 1,
          why: "resend 500",
        },
      ],
    );
  },
);

Deno.test("dispatch has a row tried again when the database cannot say what is to do", async () => {
  newWorld();
  const refused = { code: "MTHST", message: "Every Zoom host has a meeting at this time." };
  const { failure } = await workOff("zoom.create_meeting", [status(400, refused)]);
  equal(failure?.is_permanent, false);
  match(failure?.error ?? "", /MTHST/);
});

Deno.test("dispatch knows every topic that SQL enqueues", async () => {
  const { topics } = await import("./topics.ts");
  // What is told has a topic for each channel, named after it (private.notify).
  const wanted = new Set<string>(["mail", "in_app"]);
  for (const feature of Deno.readDirSync(new URL("../../schemas", import.meta.url))) {
    const folder = new URL(`../../schemas/${feature.name}/functions/`, import.meta.url);
    for (const file of Deno.readDirSync(folder)) {
      const sql = Deno.readTextFileSync(new URL(file.name, folder));
      for (const [, topic = ""] of sql.matchAll(/private\.(?:enqueue|ask_again)\(\s*'([\w.]+)'/g))
        wanted.add(topic);
    }
  }
  deepEqual([...wanted].sort(), Object.keys(topics).sort());
});

Deno.test("dispatch refuses a wrong key as it is wired, too", async () => {
  newWorld();
  playsRpc("claim_outbox", []);
  const { loadFunction } = await import("../_shared/testing/world.ts");
  const handle = await loadFunction(() => import("./index.ts?again"));
  equal(
    (await handle(new Request("http://function/", { headers: { apikey: "sb_publishable_x" } })))
      .status,
    401,
  );
  equal(
    (await handle(new Request("http://function/", { headers: { apikey: SECRETS.supabase } })))
      .status,
    200,
  );
});
