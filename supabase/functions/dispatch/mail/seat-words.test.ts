import { booking, forCoach, seen, sent } from "../testing/mail.ts";

import { equal, match } from "../../_shared/testing/assert.ts";

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
