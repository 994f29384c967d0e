import {
  booking,
  decision,
  forCoach,
  instalment,
  memberBooking,
  missedBooking,
  movedBooking,
  opening,
  ownMembership,
  ownPackage,
  sent,
  series,
  session,
} from "../testing/mail.ts";

import { deepEqual, equal, match } from "../../_shared/testing/assert.ts";
import { KINDS } from "../testing/kinds.ts";

/** What a reader of the HTML sees. */
function seen(html: string): string {
  return html
    .replace(/<!--.*?-->/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
}

/** A sentence to be found as it is. */
function literally(words: string): RegExp {
  return new RegExp(words.replace(/[$.]/g, "\\$&"));
}

/** The kinds that the database knows (supabase/seed.sql). */
function seededKinds(): string[] {
  const seed = Deno.readTextFileSync(new URL("../../../seed.sql", import.meta.url));
  const rows = /into public\.notification_kinds[^;]*/.exec(seed)?.[0] ?? "";
  return [...rows.matchAll(/^ {2}\('(\w+)'/gm)].map(([, kind = ""]) => kind);
}

Deno.test("every kind of notification has its words here", () => {
  deepEqual(Object.keys(KINDS).sort(), seededKinds().sort());
});

for (const [kind, expected] of Object.entries(KINDS)) {
  const { booking, opening, dispute, subject, link, says } = expected;
  Deno.test(`the mail of ${kind} says it, in HTML and in text, and leads on`, async () => {
    const mail = await sent({
      kind,
      booking,
      opening,
      package: expected.package,
      instalment: expected.instalment,
      membership: expected.membership,
      dispute,
      conversation: expected.conversation,
      ...(expected.told_at && { told_at: expected.told_at }),
      decision: expected.decision,
    });

    deepEqual(mail.to, ["dana@example.com"]);
    equal(mail.from, "Walkthrough <sessions@walkthrough.test>");
    equal(mail.key, "notification:n1");
    match(mail.subject, subject);
    match(mail.html, new RegExp(`href="https://walkthrough\\.test${link}"`));
    match(mail.text, new RegExp(`https://walkthrough\\.test${link}\\b`));
    for (const words of [/Hello Dana,/, ...says]) {
      match(seen(mail.html), words);
      match(mail.text.replace(/\s+/g, " "), words);
    }
    equal(
      Boolean(mail.attachments),
      ["booking_confirmed", "booking_moved", "booking_cancelled"].includes(kind),
    );
  });
}

Deno.test(
  "what is paid in parts says which, what the bank wants, and why it has ended",
  async () => {
    const part = { ...ownPackage, instalments: 3, paid_now_cents: 20000 };
    const bought = await sent({ kind: "package_bought", booking: null, package: part });
    match(seen(bought.html), /You paid \$200\.00, the first of 3 parts of \$600\.00/);
    const sold = await sent({ kind: "package_sold", booking: null, package: part });
    match(seen(sold.html), /Dana Reed pays in 3 parts for 6 sessions/);
    const late = await sent({ kind: "package_returned", booking: null, package: part });
    match(seen(late.html), /no longer to be paid.*All of it, \$200\.00/);

    const asked = { ...instalment, needs_action: true };
    const failed = await sent({ kind: "instalment_failed", booking: null, instalment: asked });
    match(seen(failed.html), /bank wants you to confirm the \$200\.00/);
    equal(seen(failed.html).includes("again on"), false);

    const stopped = { ...instalment, party: "coach" as const, ended_reason: "stopped" };
    const ended = await sent({ kind: "plan_ended", booking: null, instalment: stopped });
    match(seen(ended.html), /1 of 3 parts is paid, and no more will be\. They have stopped it\./);
    const byCoach = { ...instalment, ended_reason: "package_ended" };
    const told = await sent({ kind: "plan_ended", booking: null, instalment: byCoach });
    equal(seen(told.html).includes("stay yours"), false);
  },
);

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

Deno.test("a time that opened before a session leads to moving it there", async () => {
  const { html, text } = await sent({
    kind: "slot_opened",
    booking: null,
    opening: { ...opening, booking_id: "b1" },
  });
  match(html, /href="https:\/\/walkthrough\.test\/bookings\/b1\/move\?week=2026-11-24&amp;slot=/);
  match(seen(html), /Move my session there/);
  match(text, /open your session and choose “Something sooner”/);
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

Deno.test("what people typed is text, never markup", async () => {
  const rude = {
    ...booking,
    coach_name: `<img src=x onerror="alert(1)"> & Co`,
    offer_title: "</title><script>",
    cancelled_by: "coach",
    cancel_reason: "<b>no</b>",
  };
  const { html, text } = await sent({
    kind: "booking_cancelled",
    booking: rude,
    first_name: "<i>Dana</i>",
  });

  equal(/<img src=x|<script|<b>no|<i>Dana/.test(html), false);
  match(html, /&lt;img src=x/);
  match(html, /&lt;i&gt;Dana/);
  match(text, /<b>no<\/b>/);
});

Deno.test("without a first name the greeting is short", async () => {
  match((await sent({ first_name: "" })).text, /Hello,/);
});

Deno.test("whoever is said to have been missing reads how to object", async () => {
  const mail = await sent({
    kind: "attendance_decided",
    booking: { ...missedBooking, party: "coach", time_zone: "America/New_York" },
  });
  match(seen(mail.html), /If it was otherwise, say so on the session.{1,6}s page by Thursday/);
  match(seen(mail.html), /After that, all of it, \$150\.00, goes back to Dana Reed\./);
});

Deno.test("what it costs not to come is said before, when it is decided, and to both", async () => {
  const missed = { ...missedBooking.attendance, outcome: "client_missing" };
  const fee = memberBooking.no_show_fee;
  const CASES = [
    {
      kind: "booking_confirmed",
      says: "If you don’t come, $25.00 is charged to the card you pay your membership with, unless you object within 48 hours.",
    },
    {
      kind: "attendance_decided",
      reader: { attendance: missed },
      says: "After that, it stays used, and $25.00 is charged to the card you pay your membership with.",
    },
    {
      kind: "attendance_decided",
      reader: { attendance: missed, party: "coach" },
      says: "After that, it stays used, and $25.00 is charged to Dana Reed’s card.",
    },
    {
      kind: "attendance_settled",
      reader: { attendance: { ...missed, settled_outcome: "held", settled_reason: "It was." } },
      says: "It stays used.",
    },
    {
      kind: "attendance_settled",
      reader: { attendance: { ...missed, settled_outcome: "coach_missing" } },
      says: "It goes back to your membership, or as money once the period that it was booked in has ended.",
    },
    {
      kind: "no_show_fee_failed",
      reader: { no_show_fee: { ...fee, needs_action: true } },
      says: "Your bank wants you to confirm the $25.00",
    },
    {
      kind: "no_show_fee_paid",
      reader: { party: "coach" },
      says: "Your share of it is yours and on its way.",
    },
    {
      kind: "no_show_fee_unpaid",
      reader: { party: "coach" },
      says: "We could not charge Dana Reed the $25.00",
    },
    { kind: "no_show_fee_waived", says: "Nothing is charged." },
    { kind: "no_show_fee_waived", reader: { party: "coach" }, says: "It is not charged." },
    {
      kind: "no_show_fee_waived",
      reader: { party: "coach", no_show_fee: { ...fee, is_paid: true } },
      says: "Your share of it is taken back.",
    },
  ];
  for (const { kind, reader, says } of CASES) {
    const { text } = await sent({ kind, booking: { ...memberBooking, ...reader } });
    match(text.replace(/\s+/g, " "), literally(says));
  }
});

Deno.test("a decision that nobody objected to is settled without a reason", async () => {
  const mail = await sent({
    kind: "attendance_settled",
    booking: {
      ...missedBooking,
      attendance: { ...missedBooking.attendance, settled_outcome: "coach_missing" },
    },
  });
  match(seen(mail.html), /Nobody objected in time\./);
  match(seen(mail.html), /All of it, \$150\.00, goes back to your card/);
});

/** A seat at a date with twelve, as client and as coach read of it. */
const seat = { ...booking, seats: { taken: 8, total: 12 } };
const seatForCoach = { ...forCoach, seats: { taken: 8, total: 12 } };

Deno.test(
  "of a seat, its coach reads how many are taken, and gets no file of their own for each",
  async () => {
    for (const [kind, subject] of [
      ["booking_confirmed", /^A seat is taken: Listing rehearsal$/],
      ["booking_moved", /^Another date: Listing rehearsal$/],
      ["booking_cancelled", /^A seat is free again: Listing rehearsal$/],
      ["session_reminder", /^On Tuesday: Listing rehearsal$/],
      ["session_soon", /^On Tuesday: Listing rehearsal$/],
    ] as const) {
      const mail = await sent({ kind, booking: { ...seatForCoach, cancelled_by: "client" } });
      match(mail.subject, subject);
      match(seen(mail.html), /8 of 12 seats are taken\./);
      equal(mail.attachments, undefined);
    }
  },
);

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

Deno.test("whoever gave up a seat does not read that nobody meets", async () => {
  const mail = await sent({
    kind: "booking_cancelled",
    booking: { ...seat, cancelled_by: "client" },
  });
  match(mail.subject, /^You gave up your seat: Listing rehearsal with Maria Lopez$/);
  match(seen(mail.html), /\$75\.00 of \$150\.00 goes back/);
  equal(seen(mail.html).includes("no longer takes place"), false);
  equal(mail.attachments?.length, 1);
});

Deno.test("whose date is called off reads why, and what comes back", async () => {
  const mail = await sent({
    kind: "booking_cancelled",
    booking: { ...seat, cancelled_by: "coach", cancel_reason: "I am ill." },
  });
  match(mail.subject, /^Called off: Listing rehearsal with Maria Lopez$/);
  match(seen(mail.html), /The reason given: I am ill\./);
});

Deno.test("a trial that ends soon is called one", async () => {
  const membership = { ...ownMembership, is_trial: true };
  const renewing = await sent({ kind: "membership_renewing", booking: null, membership });
  match(renewing.subject, /^Your trial with Maria Lopez ends soon$/);
  match(
    seen(renewing.html),
    /Then \$280\.00 will be charged to your card, and again every month\./,
  );
  const begun = await sent({ kind: "membership_begun", booking: null, membership });
  match(seen(begun.html), /The first charge of \$280\.00 is due on Tuesday, December 1/);
  const joined = await sent({ kind: "member_joined", booking: null, membership });
  match(seen(joined.html), /Dana Reed tries Two sessions a month until Tuesday, December 1/);
});

Deno.test(
  "both read that it can't be told who came, what that means, and how to object",
  async () => {
    const attendance = {
      ...missedBooking.attendance,
      outcome: "unknown",
      sentence: "Nobody came to the meeting.",
    };
    const CASES = [
      {
        reader: {},
        says: "After that, the session counts as held: the payment of $150.00 stays as it is.",
      },
      {
        reader: { party: "coach" },
        says: "After that, the session counts as held: the payment of $150.00",
      },
      {
        reader: { credit_of: "membership" },
        says: "After that, the session counts as held: it stays used.",
      },
      {
        reader: { paid_cents: 0 },
        says: "After that, the session counts as held: nothing was paid for it, so",
      },
    ];
    for (const { reader, says } of CASES) {
      const mail = await sent({
        kind: "attendance_decided",
        booking: { ...missedBooking, ...reader, attendance },
      });
      const text = mail.text.replace(/\s+/g, " ");
      match(text, /Nobody came to the meeting\. So we can’t tell who came\./);
      match(text, /If it was otherwise, say so on the session’s page by Thursday/);
      match(text, literally(says));
    }
  },
);

Deno.test("who is charged soon reads that tax comes on top where it does", async () => {
  const membership = { ...ownMembership, is_taxed: true };
  const CASES = [
    { kind: "instalment_due", price: "$200.00" },
    { kind: "membership_begun", price: "$280.00" },
    { kind: "membership_renewing", price: "$280.00" },
    { kind: "membership_renewing", price: "$280.00", is_trial: true },
    { kind: "membership_payment_failed", price: "$280.00" },
  ];
  for (const { kind, price, is_trial = false } of CASES) {
    const { text } = await sent({
      kind,
      booking: null,
      membership: { ...membership, is_trial },
      instalment: { ...instalment, is_taxed: true },
    });
    match(
      text.replace(/\s+/g, " "),
      new RegExp(`${literally(`${price}, plus tax where it applies, `).source}(is|was|will be) `),
    );
  }
});

Deno.test("whoever reported a conversation reads that it was closed", async () => {
  const mail = await sent({
    kind: "report_decided",
    booking: null,
    decision: { ...decision, subject: "conversation", is_removed: true },
  });
  equal(mail.subject, "The conversation you reported was closed");
  match(mail.text, /nobody writes in it any more/);
  match(mail.text, /\/messages/);
});

Deno.test("whoever reported a reply is led to how reviews work", async () => {
  const mail = await sent({
    kind: "report_decided",
    booking: null,
    decision: { ...decision, subject: "reply", is_removed: true },
  });
  equal(mail.subject, "What you reported was removed");
  match(mail.text, /\/how-reviews-work/);
});
