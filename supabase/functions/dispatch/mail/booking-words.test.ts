import {
  booking,
  forCoach,
  literally,
  missedBooking,
  movedBooking,
  sent,
  series,
  session,
} from "../testing/mail.ts";

import { equal, match } from "../../_shared/testing/assert.ts";

Deno.test("each party reads of the other, in their own zone", async () => {
  const { subject, text } = await sent({ booking: forCoach });
  equal(subject, "Confirmed: Listing rehearsal with Dana Reed");
  match(text.replace(/\s+/g, " "), /11:00\sAM\s–\s12:00\sPM, Eastern Standard Time/);
  equal(text.includes("You paid"), false);
});

Deno.test("a zone is named as it is on that day", async () => {
  const summer = {
    ...forCoach,
    sessions: [
      {
        ...session,
        starts_at: "2026-07-01T16:00:00+00:00",
        ends_at: "2026-07-01T17:00:00+00:00",
      },
    ],
  };
  match(
    (await sent({ booking: summer })).text.replace(/\s+/g, " "),
    /12:00\s–\s1:00\sPM, Eastern Daylight Time/,
  );
});

Deno.test("who cancelled is named from where the reader stands", async () => {
  const CASES = [
    { by: "client", reader: booking, says: /You cancelled this session/ },
    { by: "client", reader: forCoach, says: /Dana Reed cancelled this session/ },
    { by: "coach", reader: forCoach, says: /You cancelled this session/ },
    { by: "admin", reader: booking, says: /Walkthrough cancelled this session/ },
  ];
  for (const { by, reader, says } of CASES) {
    match(
      (await sent({ kind: "booking_cancelled", booking: { ...reader, cancelled_by: by } })).text,
      says,
    );
  }
});

Deno.test("who moved a session is named from where the reader stands", async () => {
  const CASES = [
    { by: "client", party: "coach", says: /Dana Reed moved this session/ },
    { by: "coach", party: "client", says: /Maria Lopez moved this session/ },
    { by: "admin", party: "client", says: /Walkthrough moved this session/ },
  ];
  for (const { by, party, says } of CASES) {
    const moved = { ...movedBooking, party, moved_by: by };
    match((await sent({ kind: "booking_moved", booking: moved })).text, says);
  }
});

Deno.test(
  "after a move, no refund is promised that there is not, and a coach reads of none",
  async () => {
    const late = { ...movedBooking, full_refund_until: "2026-11-20T12:00:00+00:00" };
    for (const reader of [late, { ...movedBooking, party: "coach" }]) {
      const { text } = await sent({ kind: "booking_moved", booking: reader });
      equal(/refund/.test(text), false);
    }
  },
);

Deno.test(
  "a client who gets nothing back is told so, and a coach is told nothing of money",
  async () => {
    const cancelled = { ...booking, cancelled_by: "client", refund_cents: 0 };
    match(
      (await sent({ kind: "booking_cancelled", booking: cancelled })).text.replace(/\s+/g, " "),
      /nothing of the price comes back/,
    );
    const { text } = await sent({
      kind: "booking_cancelled",
      booking: { ...cancelled, party: "coach" },
    });
    equal(/\$|price/.test(text), false);
  },
);

Deno.test("what is booked from a package says so, and what becomes of it", async () => {
  const prepaid = { ...booking, credit_of: "package", refund_cents: 0 };
  const CASES = [
    {
      kind: "booking_confirmed",
      reader: {},
      says: "It is paid for with your package. Cancel it until Monday, November 23",
    },
    {
      kind: "request_sent",
      reader: { answer_by: "2026-11-22T16:00:00+00:00" },
      says: "goes back there if it is not accepted.",
    },
    {
      kind: "request_declined",
      reader: { credits_back: 1 },
      says: "It went back to your package, to be booked for another time.",
    },
    {
      kind: "booking_cancelled",
      reader: { cancelled_by: "client", credits_back: 1, paid_cents: 0 },
      says: "It went back to your package.",
    },
    {
      kind: "booking_cancelled",
      reader: { cancelled_by: "client", refund_cents: 7500 },
      says: "$75.00 goes back to your card",
    },
    { kind: "booking_cancelled", reader: { cancelled_by: "client" }, says: "it is used up" },
    {
      kind: "attendance_decided",
      reader: { attendance: missedBooking.attendance },
      says: "it goes back to your package",
    },
  ];
  for (const { kind, reader, says } of CASES) {
    const { text } = await sent({ kind, booking: { ...prepaid, ...reader } });
    match(text.replace(/\s+/g, " "), literally(says));
    equal(/Your card was not charged|Your bank only holds/.test(text), false);
  }
});

Deno.test(
  "of a request for several dates, both read which were taken and which were not",
  async () => {
    const leftOut = {
      sessions: [{ starts_at: "2026-12-08T16:00:00+00:00", ends_at: "2026-12-08T17:00:00+00:00" }],
      reason: "I am at a closing.",
      let_go_cents: 15000,
      credits_back: 0,
    };
    const CASES = [
      {
        reader: {},
        says: [
          "Maria Lopez could not take this one: Tuesday, December 8, 2026, 9:00",
          "The reason given: I am at a closing. You are not charged for it: your bank lets go of the $150.00",
          "You paid $300.00.",
        ],
      },
      {
        reader: { party: "coach" },
        says: ["You did not take this one, and the time is free again:"],
      },
      {
        reader: { credit_of: "package", left_out: { ...leftOut, credits_back: 1 } },
        says: ["It went back to your package, to be booked for another time."],
      },
      {
        reader: { credit_of: "package" },
        says: ["What it cost goes back to your card, because your package has ended."],
      },
    ];
    for (const { reader, says } of CASES) {
      const own = { ...series, left_out: leftOut, ...reader };
      const { text, attachments } = await sent({ kind: "booking_confirmed", booking: own });
      for (const words of says) match(text.replace(/\s+/g, " "), literally(words));
      equal(attachments?.length, 2);
    }
  },
);

Deno.test("a series is one mail, which names every time", async () => {
  const CASES = [
    {
      kind: "booking_confirmed",
      subject: "Confirmed: 2 × Listing rehearsal with Maria Lopez",
      says: [
        "Your 2 sessions with Maria Lopez are confirmed.",
        "You paid $300.00. You can cancel the first with a full refund until Monday, November 23",
      ],
    },
    {
      kind: "request_received",
      reader: { party: "coach" },
      subject: "Dana Reed asks for 2 sessions",
      says: ["You can take all of them or some."],
    },
    {
      kind: "request_sent",
      subject: "Asked: 2 × Listing rehearsal with Maria Lopez",
      says: ["for these 2 times, and keep them", "only holds $300.00"],
    },
    {
      kind: "request_declined",
      subject: "Declined: 2 × Listing rehearsal with Maria Lopez",
      says: ["Maria Lopez cannot take these 2 sessions."],
    },
    {
      kind: "booking_moved",
      reader: { moved_by: "coach", moved_from: "2026-11-23T14:00:00+00:00" },
      subject: "New time: 2 × Listing rehearsal with Maria Lopez",
      says: [
        "Maria Lopez moved these 2 sessions. They now take place:",
        "The first of them was planned for Monday, November 23",
      ],
    },
    {
      kind: "booking_cancelled",
      reader: { cancelled_by: "client", refund_cents: 25000 },
      subject: "Cancelled: 2 × Listing rehearsal with Maria Lopez",
      says: ["You cancelled these 2 sessions.", "$250.00 of $300.00 goes back"],
    },
    {
      kind: "payment_returned",
      reader: { session_count: 5 },
      subject: "Your $300.00 is on its way back",
      says: ["after 2 of the times you held had gone", "The rest is booked. These are not:"],
    },
  ];
  for (const { kind, reader, subject, says } of CASES) {
    const mail = await sent({
      kind,
      booking: { ...series, answer_by: "2026-11-22T16:00:00+00:00", ...reader },
    });
    const text = mail.text.replace(/\s+/g, " ");
    equal(mail.subject, subject);
    for (const words of ["Tuesday, November 24, 2026, 9:00", "Tuesday, December 1, 2026, 9:00"]) {
      match(text, literally(words));
    }
    for (const words of says) match(text, literally(words));
  }
});

Deno.test("of a free session nobody reads about money", async () => {
  const free = { ...booking, paid_cents: 0, refund_cents: 0 };
  const confirmed = (await sent({ booking: free })).text.replace(/\s+/g, " ");
  match(confirmed, /It is free\./);
  const cancelled = await sent({
    kind: "booking_cancelled",
    booking: { ...free, cancelled_by: "client" },
  });
  match(cancelled.text.replace(/\s+/g, " "), /Nothing was paid for it\./);
  equal(/\$|refund|policy/.test(confirmed + cancelled.text), false);
});

Deno.test("a reminder says how far ahead the session is when it is written", async () => {
  for (const [told_at, words] of [
    ["2026-11-20T16:00:00+00:00", "On Tuesday"],
    ["2026-11-10T16:00:00+00:00", "On November 24, 2026"],
    // 9:00 in Phoenix is 16:00: the day begins at 7:00.
    ["2026-11-23T16:00:00+00:00", "Tomorrow"],
    ["2026-11-24T06:59:00+00:00", "Tomorrow"],
    ["2026-11-24T07:00:00+00:00", "Today"],
    ["2026-11-24T10:00:00+00:00", "In 6 hours"],
    ["2026-11-24T14:00:00+00:00", "In 2 hours"],
    ["2026-11-24T15:00:00+00:00", "In an hour"],
    ["2026-11-24T15:15:00+00:00", "In 45 minutes"],
    ["2026-11-24T15:46:00+00:00", "In 15 minutes"],
    ["2026-11-24T15:59:00+00:00", "In 5 minutes"],
  ] as const) {
    const { subject } = await sent({ kind: "session_reminder", told_at });
    equal(subject, `${words}: Listing rehearsal with Maria Lopez`);
  }
});
