import { expect, test } from "vitest";

import { mailState } from "./mail-state";

const AT = "2026-11-26T09:00:00Z";
const sent = {
  delivered_at: null,
  delayed_at: null,
  bounced_at: null,
  complained_at: null,
  failure: null,
};

test.each([
  ["Sent", {}],
  ["Delivered", { delivered_at: AT }],
  ["Delayed: your mail server does not take it yet", { delayed_at: AT }],
  ["Delivered", { delayed_at: AT, delivered_at: AT }],
  ["It could not be delivered", { delayed_at: AT, bounced_at: AT, failure: "Permanent" }],
  ["It could not be delivered", { failure: "failed" }],
  ["It could not be delivered", { failure: "Refused" }],
  ["Something went wrong on our side: it may not have reached you", { failure: "Unknown" }],
  ["You marked it as spam", { delivered_at: AT, complained_at: AT }],
])("%s", (words, times) => {
  expect(mailState({ ...sent, ...times })).toBe(words);
});
