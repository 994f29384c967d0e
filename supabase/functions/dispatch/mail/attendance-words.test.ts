import { literally, memberBooking, missedBooking, seen, sent } from "../testing/mail.ts";

import { match } from "../../_shared/testing/assert.ts";

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
