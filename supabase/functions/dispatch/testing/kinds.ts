import {
  bookedThere,
  booking,
  conversation,
  decision,
  dispute,
  forCoach,
  missedBooking,
  movedBooking,
  opening,
  ownMembership,
  instalment,
  memberBooking,
  ownPackage,
  request,
} from "./mail.ts";

/** A notification of every kind, with what its mail is to say. */
export const KINDS: Record<
  string,
  {
    booking: typeof booking | null;
    opening?: typeof opening;
    package?: typeof ownPackage;
    instalment?: typeof instalment;
    membership?: typeof ownMembership;
    dispute?: typeof dispute;
    conversation?: typeof conversation;
    told_at?: string;
    decision?: typeof decision;
    subject: RegExp;
    link: string;
    says: RegExp[];
  }
> = {
  booking_confirmed: {
    booking,
    subject: /^Confirmed: Listing rehearsal with Maria Lopez$/,
    link: "/bookings/b1",
    says: [
      /20 minutes before it starts/,
      /Tuesday, November 24, 2026, 9:00\s–\s10:00\sAM, Mountain Standard Time/,
      /You paid \$150\.00\./,
      /full refund until Monday, November 23, 2026 at 9:00\sAM, Mountain Standard Time/,
    ],
  },
  membership_begun: {
    booking: null,
    membership: ownMembership,
    subject: /^You’re a member: Two sessions a month with Maria Lopez$/,
    link: "/memberships/m1",
    says: [
      /The next charge of \$280\.00 is due on Tuesday, December 1, 2026 at 9:00\sAM, Mountain/,
      /What you agreed to: I agree that it renews by itself\./,
    ],
  },
  membership_renewing: {
    booking: null,
    membership: ownMembership,
    subject: /^Your membership with Maria Lopez renews soon$/,
    link: "/memberships/m1",
    says: [
      /renews on Tuesday, December 1, 2026 at 9:00\sAM, Mountain Standard Time: \$280\.00 will be charged/,
      /cancel or pause it with one click/,
    ],
  },
  membership_payment_failed: {
    booking: null,
    membership: ownMembership,
    subject: /^Your membership with Maria Lopez: the payment failed$/,
    link: "/memberships/m1",
    says: [/Your card was declined when \$280\.00 was due/, /Change your card/],
  },
  member_joined: {
    booking: null,
    membership: ownMembership,
    subject: /^Dana Reed is now a member: Two sessions a month$/,
    link: "/coach/clients",
    says: [/Dana Reed pays \$280\.00 every month/, /stands first in your messages/],
  },
  member_leaving: {
    booking: null,
    membership: ownMembership,
    subject: /^Dana Reed has cancelled Two sessions a month$/,
    link: "/coach/clients",
    says: [/stays a member until Tuesday, December 1, 2026 at 9:00\sAM, Mountain Standard Time/],
  },
  member_staying: {
    booking: null,
    membership: ownMembership,
    subject: /^Dana Reed stays a member: Two sessions a month$/,
    link: "/coach/clients",
    says: [/has taken back the cancellation of Two sessions a month/],
  },
  member_left: {
    booking: null,
    membership: { ...ownMembership, ended_at: "2026-11-20T16:00:00+00:00" },
    subject: /^Dana Reed is no longer a member$/,
    link: "/coach/clients",
    says: [/ended on Friday, November 20, 2026 at 9:00\sAM, Mountain Standard Time/],
  },
  package_bought: {
    booking: null,
    package: ownPackage,
    subject: /^Your package: Six weekly rehearsals with Maria Lopez$/,
    link: "/packages/p1/book",
    says: [/\$600\.00 for 6 sessions/, /until Tuesday, December 1, 2026 at 9:00\sAM, Mountain/],
  },
  package_sold: {
    booking: null,
    package: ownPackage,
    subject: /^Dana Reed bought Six weekly rehearsals$/,
    link: "/coach/clients",
    says: [/paid for 6 sessions/],
  },
  package_returned: {
    booking: null,
    package: ownPackage,
    subject: /^Your \$600\.00 is on its way back$/,
    link: "/coaches",
    says: [/All of it, \$600\.00/],
  },
  credits_ending: {
    booking: null,
    package: ownPackage,
    subject: /^2 sessions left with Maria Lopez: use them soon$/,
    link: "/packages/p1/book",
    says: [/They have to take place by Tuesday, December 1/, /paid back to your card/],
  },
  credits_ended: {
    booking: null,
    package: { ...ownPackage, ended_sessions: 1, ended_cents: 10000, end_reason: "I retire." },
    subject: /^Ended: Six weekly rehearsals with Maria Lopez$/,
    link: "/packages/p1",
    says: [/1 session of this package was not booked/, /I retire\./, /\$100\.00 goes back/],
  },
  instalment_due: {
    booking: null,
    instalment,
    subject: /^Soon: part 2 of 3 of Six weekly rehearsals$/,
    link: "/packages/p1",
    says: [
      /\$200\.00 will be charged to your card on Tuesday, December 1, 2026 at 9:00\sAM/,
      /stop/,
    ],
  },
  instalment_paid: {
    booking: null,
    instalment,
    subject: /^Paid: part 2 of 3 of Six weekly rehearsals$/,
    link: "/packages/p1/book",
    says: [/2 sessions more with Maria Lopez/],
  },
  instalment_failed: {
    booking: null,
    instalment: { ...instalment, retry_at: "2026-12-04T16:00:00+00:00" },
    subject: /^Your payment for Six weekly rehearsals didn’t go through$/,
    link: "/orders/o2/checkout",
    says: [/card was declined/, /try your card again on Friday, December 4/],
  },
  plan_ended: {
    booking: null,
    instalment: { ...instalment, ended_reason: "declined" },
    subject: /^No more payments for Six weekly rehearsals$/,
    link: "/packages/p1",
    says: [/could not be charged/, /you owe nothing\. 1 of 3 parts is paid/, /stay yours/],
  },
  session_reminder: {
    booking,
    subject: /^On Tuesday: Listing rehearsal with Maria Lopez$/,
    link: "/bookings/b1",
    says: [/Your session with Maria Lopez is on Tuesday\./, /Mountain Standard Time/],
  },
  review_reminder: {
    booking,
    subject: /^Your review of Maria Lopez is still open$/,
    link: "/bookings/b1/review",
    says: [/until Tuesday, December 1, 2026 at 10:00\sAM, Mountain Standard Time/],
  },
  next_session: {
    booking,
    subject: /^Your next session with Maria Lopez\?$/,
    link: "/coaches/maria-lopez",
    says: [/none is booked after it/],
  },
  message_unanswered: {
    booking: null,
    conversation,
    subject: /^Maria Lopez waits for your answer$/,
    link: "/messages/c1",
    says: [/has no answer yet/],
  },
  attendance_decided: {
    booking: missedBooking,
    subject: /^Who came: Listing rehearsal with Maria Lopez$/,
    link: "/bookings/b1",
    says: [
      /Maria Lopez did not come\./,
      /Maria Lopez can object until Thursday, November 26, 2026 at 9:00\sAM, Mountain Standard Time/,
      /After that, all of it, \$150\.00, goes back to your card/,
    ],
  },
  no_show_fee_paid: {
    booking: memberBooking,
    subject: /^Paid: \$25\.00 for a session that you missed$/,
    link: "/bookings/b1",
    says: [/Tuesday, November 24/, /You did not come to Listing rehearsal/, /as you agreed/],
  },
  no_show_fee_failed: {
    booking: {
      ...memberBooking,
      no_show_fee: { ...memberBooking.no_show_fee, retry_at: "2026-12-01T16:00:00+00:00" },
    },
    subject: /^Your payment for a session that you missed didn’t go through$/,
    link: "/bookings/b1/fee",
    says: [
      /Your card was declined when \$25\.00 was due/,
      /we try your card again on Tuesday, December 1, 2026 at 9:00\sAM, Mountain Standard Time/,
    ],
  },
  no_show_fee_unpaid: {
    booking: memberBooking,
    subject: /^Not paid: \$25\.00 for a missed session$/,
    link: "/bookings/b1",
    says: [/We do not try again, and nothing else follows from it\./],
  },
  no_show_fee_waived: {
    booking: {
      ...memberBooking,
      no_show_fee: { ...memberBooking.no_show_fee, is_paid: true, words: "The flight was late." },
    },
    subject: /^Called off: \$25\.00 for a missed session$/,
    link: "/bookings/b1",
    says: [/Why: The flight was late\./, /All of it goes back to your card/],
  },
  attendance_objected: {
    booking: {
      ...missedBooking,
      attendance: {
        ...missedBooking.attendance,
        objected_by: "coach",
        objection: "I dialed in from my car.",
      },
    },
    subject: /^An objection: /,
    link: "/bookings/b1",
    says: [/Maria Lopez objects/, /“I dialed in from my car\.”/, /No money moves until then/],
  },
  attendance_settled: {
    booking: {
      ...missedBooking,
      attendance: {
        ...missedBooking.attendance,
        settled_outcome: "held",
        settled_reason: "Her dial-in was found.",
      },
    },
    subject: /^Settled: /,
    link: "/bookings/b1",
    says: [
      /We looked at it: the session took place\./,
      /Why: Her dial-in was found\./,
      /The payment of \$150\.00 stays as it is\./,
    ],
  },
  session_soon: {
    booking,
    told_at: "2026-11-24T15:45:00+00:00",
    subject: /^In 15 minutes: /,
    link: "/bookings/b1",
    says: [/Mountain Standard Time/],
  },
  payment_asked: {
    booking: bookedThere,
    subject: /^Please pay for your session with Maria Lopez$/,
    link: "/bookings/b1/checkout",
    says: [
      /You booked Listing rehearsal with Maria Lopez through Calendly/,
      /once you have paid \$150\.00/,
      /by Saturday, November 21, 2026 at 9:00\sAM, Mountain Standard Time/,
    ],
  },
  booking_unpaid: {
    booking: bookedThere,
    subject: /^Not paid: Listing rehearsal with Maria Lopez$/,
    link: "/bookings/b1",
    says: [/called off at Calendly, too/, /Nothing was charged/],
  },
  calendly_plan: {
    booking: forCoach,
    subject: /^Not in your Calendly: Listing rehearsal with Dana Reed$/,
    link: "/coach/calendly",
    says: [/Your plan at Calendly does not let us book for you/, /is confirmed/],
  },
  calendly_location: {
    booking: forCoach,
    subject: /^Not in your Calendly: Listing rehearsal with Dana Reed$/,
    link: "/coach/calendly",
    says: [/choose “Ask invitee” or a video call/],
  },
  request_sent: {
    booking: request,
    subject: /^Asked: Listing rehearsal with Maria Lopez$/,
    link: "/bookings/b1",
    says: [
      /Maria Lopez has until Sunday, November 22, 2026 at 9:00\sAM, Mountain Standard Time to answer/,
      /not charged yet/,
      /only holds \$150\.00/,
    ],
  },
  request_received: {
    booking: { ...request, party: "coach", note: "A hard seller." },
    subject: /^Dana Reed asks for a session$/,
    link: "/bookings/b1",
    says: [/Please answer by Sunday, November 22/, /They wrote: A hard seller\./],
  },
  request_declined: {
    booking: { ...request, cancel_reason: "I am away." },
    subject: /^Declined: /,
    link: "/bookings/b1",
    says: [/The reason given: I am away\./, /not charged/],
  },
  request_withdrawn: {
    booking: { ...request, party: "coach" },
    subject: /^Withdrawn: Listing rehearsal with Dana Reed$/,
    link: "/bookings/b1",
    says: [/took back the request for this session/],
  },
  request_expired: {
    booking: request,
    subject: /^Not answered: Listing rehearsal with Maria Lopez$/,
    link: "/bookings/b1",
    says: [/expired without an answer/, /not charged/],
  },
  booking_moved: {
    booking: movedBooking,
    subject: /^New time: Listing rehearsal with Maria Lopez$/,
    link: "/bookings/b1",
    says: [
      /You moved this session/,
      /Tuesday, November 24, 2026, 9:00\s–\s10:00\sAM, Mountain Standard Time/,
      /planned for Monday, November 23, 2026 at 7:00\sAM, Mountain Standard Time/,
      /The reason given: The seller is late\./,
      /full refund until Monday, November 23, 2026 at 9:00\sAM, Mountain Standard Time/,
    ],
  },
  booking_cancelled: {
    booking: { ...booking, cancelled_by: "coach", cancel_reason: "I have the flu." },
    subject: /^Cancelled: Listing rehearsal with Maria Lopez$/,
    link: "/bookings/b1",
    says: [
      /Maria Lopez cancelled this session/,
      /The reason given: I have the flu\./,
      /\$75\.00 of \$150\.00 goes back/,
    ],
  },
  payment_returned: {
    booking,
    subject: /^Your \$150\.00 is on its way back$/,
    link: "/bookings/b1",
    says: [/Nothing was booked/],
  },
  recording_ready: {
    booking: forCoach,
    subject: /^Your recording is ready: Listing rehearsal with Dana Reed$/,
    link: "/bookings/b1",
    says: [/You both agreed/, /for the two of you only/],
  },
  review_invitation: {
    booking,
    subject: /Maria Lopez\?$/,
    link: "/bookings/b1/review",
    says: [
      /until Tuesday, December 1, 2026 at 10:00\sAM, Mountain Standard Time/,
      /help your coach/,
    ],
  },
  review_received: {
    booking: forCoach,
    subject: /^Dana Reed reviewed/,
    link: "/bookings/b1/review",
    says: [
      /as soon as you have written, too, or when the time to write is over: Tuesday, December 1/,
    ],
  },
  review_published: {
    booking: { ...forCoach, reply_until: "2026-12-24T17:00:00+00:00" },
    subject: /^What Dana Reed wrote/,
    link: "/bookings/b1#reviews",
    says: [
      /on your page now/,
      /reply once, until Thursday, December 24, 2026 at 12:00\sPM, Eastern Standard Time/,
    ],
  },
  review_replied: {
    booking,
    subject: /^Maria Lopez replied/,
    link: "/bookings/b1#reviews",
    says: [/below your review/],
  },
  review_decided: {
    booking,
    decision: { ...decision, is_removed: true, is_author: true },
    subject: /^A review was removed$/,
    link: "/bookings/b1#reviews",
    says: [/reported your review of Maria Lopez/, /Why: It tells how a session went\./],
  },
  report_decided: {
    booking: null,
    decision,
    subject: /^What you reported stays$/,
    link: "/how-reviews-work",
    says: [/looked at it, and it stays/, /Why: It tells how a session went\./],
  },
  message_received: {
    booking: null,
    subject: /new message/,
    link: "/messages/s1",
    says: [/waiting for you/],
  },
  slot_opened: {
    booking: null,
    opening,
    subject: /^A sooner time with Maria Lopez$/,
    link: "/coaches/maria-lopez/book/o1\\?week=2026-11-24&(amp;)?slot=2026-11-24T16%3A00%3A00\\.000Z",
    says: [/9:00\s–\s10:00\sAM, Mountain Standard Time/, /whoever takes it first/],
  },
  dispute_asked: {
    booking: null,
    dispute,
    subject: /^A bank asks about a payment of Dana Reed$/,
    link: "/coach/earnings",
    says: [/about \$150\.00 that Dana Reed paid for Listing rehearsal/, /not taken anything back/],
  },
  dispute_opened: {
    booking: null,
    dispute,
    subject: /^A payment of Dana Reed was taken back by their bank$/,
    link: "/coach/earnings",
    says: [/\$150\.00/, /nothing of this payment is sent to you, and what was sent is taken back/],
  },
  dispute_won: {
    booking: null,
    dispute,
    subject: /^Decided for you: the payment of Dana Reed$/,
    link: "/coach/earnings",
    says: [/the money stays with us/],
  },
  dispute_lost: {
    booking: null,
    dispute,
    subject: /^Decided for the client: the payment of Dana Reed$/,
    link: "/coach/earnings",
    says: [/as if it had been refunded/, /your share of it is gone/],
  },
  coach_approved: {
    booking: null,
    subject: /live on Walkthrough/,
    link: "/coach",
    says: [/approved/],
  },
  calendar_clash: {
    booking,
    subject: /^Please check the time/,
    link: "/bookings/b1",
    says: [/something else at the time/, /will write to you/],
  },
  calendar_stale: {
    booking: null,
    subject: /can’t read your Calendly/,
    link: "/coach/calendly",
    says: [/as you chose/, /connect your account once more/],
  },
  payout_failed: {
    booking: null,
    subject: /bank sent a payout back/,
    link: "/coach/earnings/payouts",
    says: [/Nothing is lost/, /Stripe sends the money again/],
  },
};
