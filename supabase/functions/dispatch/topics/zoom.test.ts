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
  is_recorded: false,
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
  is_recorded: false,
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
      jbh_time: 0,
      waiting_room: false,
      participant_video: true,
      auto_recording: "none",
      approval_type: 0,
      registrants_confirmation_email: false,
      registrants_email_notification: false,
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
      is_recorded: null,
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
    zoom: "a limit, with a date that is over",
    answer: status(429, {}, { "retry-after": "2020-11-24T00:00:00Z" }),
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

Deno.test("the day's limit ends when Zoom says so", async () => {
  zoomWorld();
  const later = new Date(Date.now() + 7_200_000).toISOString();
  plays(`POST ${MEETINGS}`, status(429, {}, { "retry-after": later }));
  const { failure } = await workOff("zoom.create_meeting", create);
  const wait = failure?.retry_after_seconds ?? 0;
  equal(wait >= 7_190 && wait <= 7_261, true);
});

Deno.test("the limit of a second is over in a few", async () => {
  zoomWorld();
  plays(`POST ${MEETINGS}`, status(429, {}, { "x-ratelimit-type": "QPS" }));
  const { failure } = await workOff("zoom.create_meeting", create);
  const wait = failure?.retry_after_seconds ?? 0;
  equal(wait >= 1 && wait <= 5, true);
});

Deno.test("a meeting that somebody is in is deleted later", async () => {
  zoomWorld();
  plays("DELETE /zoom/meetings/123", status(400, { code: 3002, message: "in progress" }));
  const { failure } = await workOff("zoom.delete_meeting", cancelled);
  equal(failure?.is_permanent, false);
  equal(failure?.retry_after_seconds, 600);
});

const sweepWork = {
  host_id: "host 1",
  mark: "Walkthrough meeting ",
  from: "2026-11-24",
  to: "2026-11-26",
  expected: ["1", "7", "8"],
};
const OURS = "3f0e8a52-8f6e-4a57-9f0e-0c7d6f1f4e11";

Deno.test("a sweep tells what carries our mark, and what is missing for sure", async () => {
  zoomWorld();
  const listed = { join_url: "https://zoom.test/j/1", start_time: "2026-11-24T16:00:00Z" };
  plays(
    `GET ${MEETINGS}`,
    {
      meetings: [
        { ...listed, id: 1, agenda: `Walkthrough meeting ${OURS}`, duration: 60 },
        { ...listed, id: 2, agenda: "Walkthrough meeting of the whole team", duration: 60 },
        { ...listed, id: 3, agenda: `Notes on Walkthrough meeting ${OURS}`, duration: 60 },
      ],
      next_page_token: "page 2",
    },
    { meetings: [{ ...listed, id: 4 }], next_page_token: "" },
  );
  plays("GET /zoom/meetings/7", { id: 7 }); // only late in the list
  plays("GET /zoom/meetings/8", status(404, { code: 3001, message: "Meeting does not exist: 8." }));
  const { result } = await workOff("zoom.sweep", sweepWork);

  deepEqual(result, {
    found: [
      {
        meeting_id: OURS,
        zoom_meeting_id: "1",
        join_url: listed.join_url,
        starts_at: listed.start_time,
        duration_minutes: 60,
      },
    ],
    missing: ["8"],
  });
  const page = `GET ${MEETINGS}?type=scheduled&page_size=300&from=2026-11-24&to=2026-11-26`;
  deepEqual(meetingCalls(), [
    `${page}&next_page_token=`,
    `${page}&next_page_token=page+2`,
    "GET /zoom/meetings/7",
    "GET /zoom/meetings/8",
  ]);
});

Deno.test("nothing is missing while Zoom has trouble", async () => {
  zoomWorld();
  plays("GET /zoom/meetings/1", status(500));
  equal((await workOff("zoom.sweep", sweepWork)).failure?.is_permanent, false);
});

const over = { zoom_meeting_id: "123" };

Deno.test("who was in a meeting is read over all its runs and pages", async () => {
  zoomWorld();
  const visit = { join_time: "2026-11-24T16:01:00Z", leave_time: "2026-11-24T16:50:00Z" };
  plays("GET /zoom/meetings/123", { status: "waiting" });
  plays("GET /zoom/past_meetings/123/instances", {
    meetings: [{ uuid: "/a//b==" }, { uuid: "c" }],
  });
  plays(
    "GET /zoom/past_meetings/%252Fa%252F%252Fb%253D%253D/participants",
    {
      participants: [{ ...visit, user_id: "1", id: "host", name: "Maria", registrant_id: "" }],
      next_page_token: "2",
    },
    { participants: [{ ...visit, user_id: "2", id: "", name: "Dana", registrant_id: "r1" }] },
  );
  plays("GET /zoom/past_meetings/c/participants", { participants: [] });
  const { result } = await workOff("zoom.read_attendance", over);

  deepEqual(result, {
    visits: [
      {
        ...visit,
        participant_uuid: "list:/a//b==:1:2026-11-24T16:01:00Z",
        user_name: "Maria",
        id: "host",
        registrant_id: "",
      },
      {
        ...visit,
        participant_uuid: "list:/a//b==:2:2026-11-24T16:01:00Z",
        user_name: "Dana",
        id: "",
        registrant_id: "r1",
      },
    ],
  });
});

Deno.test("nobody was in a meeting that never ran, or that is gone", async () => {
  zoomWorld();
  for (const path of ["/zoom/meetings/123", "/zoom/past_meetings/123/instances"]) {
    plays(`GET ${path}`, status(404, { code: 3001, message: "Meeting does not exist: 123." }));
  }
  deepEqual((await workOff("zoom.read_attendance", over)).result, { visits: [] });
});

Deno.test("who is in a meeting that still runs is read later", async () => {
  zoomWorld();
  plays("GET /zoom/meetings/123", { status: "started" });
  const { failure } = await workOff("zoom.read_attendance", over);
  equal(failure?.is_permanent, false);
  equal(failure?.retry_after_seconds, 600);
});

Deno.test("a meeting whose parties agreed on it is made to be recorded", async () => {
  zoomWorld();
  const { result } = await workOff("zoom.create_meeting", { ...create, is_recorded: true });

  deepEqual(result, { ...CREATED, is_recorded: true });
  equal(JSON.parse(callsTo(MEETINGS)[0]?.body ?? "").settings.auto_recording, "cloud");
});

for (const { is_recorded, auto_recording } of [
  { is_recorded: true, auto_recording: "cloud" },
  { is_recorded: false, auto_recording: "none" },
]) {
  Deno.test(`a meeting is set to be recorded: ${auto_recording}`, async () => {
    zoomWorld();
    plays("PATCH /zoom/meetings/123", status(204));
    const { result } = await workOff("zoom.set_recording", { zoom_meeting_id: "123", is_recorded });

    deepEqual(result, { is_recorded });
    deepEqual(JSON.parse(callsTo("/zoom/meetings/123")[0]?.body ?? ""), {
      settings: { auto_recording },
    });
  });
}

Deno.test(
  "a meeting that is gone needs no setting, and Zoom's trouble is tried again",
  async () => {
    zoomWorld();
    const work = { zoom_meeting_id: "123", is_recorded: true };
    plays(
      "PATCH /zoom/meetings/123",
      status(404, { code: 3001, message: "Meeting does not exist" }),
    );
    deepEqual((await workOff("zoom.set_recording", work)).result, { is_recorded: true });

    zoomWorld();
    plays("PATCH /zoom/meetings/123", status(503));
    equal((await workOff("zoom.set_recording", work)).failure?.is_permanent, false);
  },
);

Deno.test("a recording is deleted for good, by its run", async () => {
  zoomWorld();
  const recordings = "/zoom/meetings/%252Fa%252F%252Fb%253D%253D/recordings";
  plays(`DELETE ${recordings}`, status(204));
  const { result } = await workOff("zoom.delete_recording", { zoom_uuid: "/a//b==" });

  deepEqual(result, { deleted: true });
  deepEqual(meetingCalls(), [`DELETE ${recordings}?action=delete`]);
});

Deno.test("a recording that is gone is deleted, and Zoom's trouble is tried again", async () => {
  zoomWorld();
  plays("DELETE /zoom/meetings/run/recordings", status(404, { code: 3301, message: "none" }));
  deepEqual((await workOff("zoom.delete_recording", { zoom_uuid: "run" })).result, {
    deleted: false,
  });

  zoomWorld();
  plays("DELETE /zoom/meetings/run/recordings", status(500));
  const { failure } = await workOff("zoom.delete_recording", { zoom_uuid: "run" });
  equal(failure?.is_permanent, false);
});
