import { callsTo, newWorld, plays, status } from "../../_shared/testing/world.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { vendorCalls, workOff } from "../testing/dispatch.ts";

const MEETINGS = "/zoom/users/host%201/meetings";

const create = {
  meeting_id: "m1",
  host_id: "host 1",
  topic: "Listing rehearsal with Maria Lopez",
  agenda: "Walkthrough meeting m1",
  starts_at: "2026-11-24T16:00:00+00:00",
  duration_minutes: 60,
};
const made = {
  id: 81_234_567_890,
  start_time: "2026-11-24T16:00:00Z",
  join_url: "https://zoom.test/j/1",
  start_url: "https://zoom.test/s/1?zak=host",
};

const CREATED = {
  zoom_meeting_id: "81234567890",
  join_url: "https://zoom.test/j/1",
  starts_at: "2026-11-24T16:00:00Z",
};

function zoomWorld(): void {
  newWorld();
  plays(
    "POST /oauth/token",
    { access_token: "first", expires_in: 3600 },
    { access_token: "second", expires_in: 3600 },
  );
  plays(`GET ${MEETINGS}`, { meetings: [] });
  plays(`POST ${MEETINGS}`, status(201, made));
}

/** Without the token, which is kept between calls. */
function meetingCalls(): string[] {
  return vendorCalls().filter((call) => !call.includes("oauth"));
}

Deno.test("a meeting is made for the host, in UTC, open before the host", async () => {
  zoomWorld();
  const { result } = await workOff("zoom.create_meeting", create);

  deepEqual(result, CREATED);
  deepEqual(meetingCalls(), [`POST ${MEETINGS}`]);
  const [call] = callsTo(MEETINGS);
  equal(call?.headers.get("authorization"), "Bearer first");
  deepEqual(JSON.parse(call?.body ?? ""), {
    topic: create.topic,
    type: 2,
    start_time: "2026-11-24T16:00:00Z",
    duration: 60,
    timezone: "UTC",
    agenda: create.agenda,
    settings: {
      join_before_host: true,
      jbh_time: 15,
      waiting_room: false,
      participant_video: true,
      auto_recording: "none",
    },
  });
});

Deno.test(
  "from the second attempt on, a meeting that was made is found by its agenda",
  async () => {
    zoomWorld();
    const others = [
      { id: 1, agenda: "Walkthrough meeting m10", join_url: "" },
      { id: 2, join_url: "" },
    ];
    plays(
      `GET ${MEETINGS}`,
      { meetings: others, next_page_token: "page 2" },
      {
        meetings: [
          {
            id: 3,
            agenda: create.agenda,
            join_url: "https://zoom.test/j/3",
            start_time: "2026-11-23T09:00:00Z",
          },
        ],
        next_page_token: "",
      },
    );
    const { result } = await workOff("zoom.create_meeting", create, 2);

    deepEqual(result, {
      zoom_meeting_id: "3",
      join_url: "https://zoom.test/j/3",
      starts_at: "2026-11-23T09:00:00Z",
    });
    deepEqual(meetingCalls(), [
      `GET ${MEETINGS}?type=scheduled&page_size=300&next_page_token=`,
      `GET ${MEETINGS}?type=scheduled&page_size=300&next_page_token=page+2`,
    ]);
  },
);

Deno.test("and is made when it is not there", async () => {
  zoomWorld();
  const { result } = await workOff("zoom.create_meeting", create, 2);
  deepEqual(result, CREATED);
});

Deno.test("no second meeting is made while the host's list cannot be read", async () => {
  zoomWorld();
  plays(`GET ${MEETINGS}`, status(500));
  const { failure } = await workOff("zoom.create_meeting", create, 2);
  equal(failure?.is_permanent, false);
  equal(
    callsTo(MEETINGS).some((call) => call.method === "POST"),
    false,
  );
});

Deno.test("a token that Zoom refuses is fetched anew, once", async () => {
  zoomWorld();
  plays(`POST ${MEETINGS}`, status(401), status(201, made));
  plays("POST /oauth/token", { access_token: "renewed", expires_in: 3600 });
  const { result } = await workOff("zoom.create_meeting", create);

  deepEqual(result, CREATED);
  equal(callsTo("/oauth/token").length, 1);
  equal(
    callsTo("/oauth/token")[0]?.headers.get("authorization"),
    `Basic ${btoa("client:client secret")}`,
  );
  equal(callsTo("/oauth/token")[0]?.body, "grant_type=account_credentials&account_id=account");
  equal(callsTo(MEETINGS)[1]?.headers.get("authorization"), "Bearer renewed");

  zoomWorld();
  plays(`POST ${MEETINGS}`, status(401));
  const { failure } = await workOff("zoom.create_meeting", create);
  equal(failure?.is_permanent, false);
  equal(callsTo(MEETINGS).length, 2);
});

const FAILURES = [
  {
    zoom: "too many calls",
    answer: status(429, {}, { "retry-after": "17" }),
    permanent: false,
    wait: 17,
  },
  {
    zoom: "the day's limit, with a date",
    answer: status(429, {}, { "retry-after": "2026-11-24T00:00:00Z" }),
    permanent: false,
    wait: null,
  },
  { zoom: "trouble", answer: status(503), permanent: false, wait: null },
  { zoom: "no such host", answer: status(404), permanent: true, wait: null },
  {
    zoom: "a refusal",
    answer: status(400, { code: 300, message: "Invalid" }),
    permanent: true,
    wait: null,
  },
  { zoom: "something without an id", answer: status(201, {}), permanent: false, wait: null },
];
for (const { zoom, answer, permanent, wait } of FAILURES) {
  Deno.test(`Zoom answers ${zoom}: ${permanent ? "given up" : "tried again"}`, async () => {
    zoomWorld();
    plays(`POST ${MEETINGS}`, answer);
    const { result, failure } = await workOff("zoom.create_meeting", create);
    equal(result, undefined);
    equal(failure?.is_permanent, permanent);
    equal(failure?.retry_after_seconds, wait);
  });
}

const cancelled = {
  meeting_id: "m1",
  host_id: "host 1",
  zoom_meeting_id: "123",
  agenda: "Walkthrough meeting m1",
};

Deno.test("a meeting is deleted", async () => {
  zoomWorld();
  plays("DELETE /zoom/meetings/123", status(204));
  deepEqual((await workOff("zoom.delete_meeting", cancelled)).result, { deleted: true });
});

Deno.test("a meeting that is gone is deleted", async () => {
  zoomWorld();
  plays(
    "DELETE /zoom/meetings/123",
    status(404, { code: 3001, message: "Meeting does not exist: 123." }),
  );
  deepEqual((await workOff("zoom.delete_meeting", cancelled)).result, { deleted: false });
});

Deno.test("a meeting whose id was lost is found and deleted", async () => {
  zoomWorld();
  plays(`GET ${MEETINGS}`, { meetings: [{ id: 9, agenda: cancelled.agenda, join_url: "" }] });
  plays("DELETE /zoom/meetings/9", status(204));
  deepEqual(
    (await workOff("zoom.delete_meeting", { ...cancelled, zoom_meeting_id: null })).result,
    { deleted: true },
  );
});

Deno.test("a meeting that was never made needs no deleting", async () => {
  zoomWorld();
  deepEqual(
    (await workOff("zoom.delete_meeting", { ...cancelled, zoom_meeting_id: null })).result,
    { deleted: false },
  );
});

Deno.test("a meeting that Zoom fails to delete stays to be deleted", async () => {
  zoomWorld();
  plays("DELETE /zoom/meetings/123", status(500, { message: "no" }));
  const { failure } = await workOff("zoom.delete_meeting", cancelled);
  equal(failure?.is_permanent, false);
  match(failure?.error ?? "", /^zoom 500/);
});

const moved = {
  zoom_meeting_id: "123",
  starts_at: "2026-11-25T18:30:00+00:00",
  duration_minutes: 45,
};

Deno.test("a meeting is moved in UTC, and keeps what else it has", async () => {
  zoomWorld();
  plays("PATCH /zoom/meetings/123", status(204));
  const { result } = await workOff("zoom.move_meeting", moved, 3);

  deepEqual(result, { is_there: true, starts_at: moved.starts_at });
  deepEqual(meetingCalls(), ["PATCH /zoom/meetings/123"]);
  deepEqual(JSON.parse(callsTo("/zoom/meetings/123")[0]?.body ?? ""), {
    start_time: "2026-11-25T18:30:00Z",
    duration: 45,
    timezone: "UTC",
  });
});

Deno.test("a meeting that is gone is not moved, and said to be gone", async () => {
  zoomWorld();
  plays("PATCH /zoom/meetings/123", status(404, { code: 3001, message: "Meeting does not exist" }));
  deepEqual((await workOff("zoom.move_meeting", moved)).result, {
    is_there: false,
    starts_at: moved.starts_at,
  });
});

Deno.test("a meeting that Zoom fails to move stays to be moved", async () => {
  zoomWorld();
  plays("PATCH /zoom/meetings/123", status(429, {}, { "retry-after": "3" }));
  const { failure } = await workOff("zoom.move_meeting", moved);
  equal(failure?.is_permanent, false);
  equal(failure?.retry_after_seconds, 3);
});
