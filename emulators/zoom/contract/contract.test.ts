import { expect, test } from "vitest";

import { generate } from "./contract.ts";
import { readTypes } from "./read-types.ts";
import { problemsOf } from "./schema.ts";

const contract = await generate();
const body = contract.MeetingsCreateMeetingRequestBody;

test("a good request has no problems", () => {
  const meeting = {
    topic: "Session",
    type: 2,
    start_time: "2026-12-01T15:00:00Z",
    duration: 60,
    settings: { waiting_room: true, jbh_time: 5 },
    tracking_fields: [{ field: "booking", value: "1" }],
  };
  expect(problemsOf(body, meeting)).toEqual([]);
});

test("an unknown key is found, also deep inside", () => {
  expect(problemsOf(body, { settings: { waitingRoom: true } })).toEqual([
    "/settings/waitingRoom is not a known key",
  ]);
});

test("a wrong enum value is found", () => {
  expect(problemsOf(body, { settings: { auto_recording: "yes" } })).toEqual([
    '/settings/auto_recording must be one of local, cloud, none, not "yes"',
  ]);
});

test("a wrong kind of value is found", () => {
  expect(problemsOf(body, { duration: "60" })).toEqual(['/duration must be a number, not "60"']);
  expect(problemsOf(body, { tracking_fields: {} })).toEqual([
    "/tracking_fields must be an array, not an object",
  ]);
  expect(problemsOf(body, null)).toEqual(["the body must be an object, not null"]);
});

test("a missing key is found, in an array too", () => {
  expect(problemsOf(body, { tracking_fields: [{ value: "1" }] })).toEqual([
    "/tracking_fields/0/field is missing",
  ]);
});

test("an event has its own name and nothing else", () => {
  const event = { event: "meeting.ended", event_ts: 1, payload: {} };
  expect(problemsOf(contract.MeetingStartedEvent, event)).toEqual([
    '/event must be one of meeting.started, not "meeting.ended"',
    "/payload/account_id is missing",
    "/payload/object is missing",
  ]);
});

test("declarations that the reader does not cover are errors, not loose schemas", () => {
  expect(() => readTypes("type A = string | number;", ["A"])).toThrow("union");
  expect(() => readTypes("type A = Record<string, string>;", ["A"])).toThrow("reference");
  expect(() => readTypes("type A = {};", ["B"])).toThrow("declares no type B");
});
