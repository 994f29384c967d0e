/**
 * The addresses to which neither the frame around every page nor a coach's public page leads, apart
 * from the others so that these do not load them. Import them from paths.ts.
 */
import { coachPath, notificationsPath, sentMailsPath, settingsPath } from "./paths.ts";
import { withQuery } from "./with-query.ts";

/** A booking, for its two parties: what, when, and what can be done with it. */
export function bookingPath(bookingId: string): string {
  return `/bookings/${encodeURIComponent(bookingId)}`;
}

/** Paying for a booking while its hold lasts. */
export function bookingCheckoutPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/checkout`;
}

/** Where the payment page sends people who have paid: the booking, which may not know yet. */
export function bookingPaidPath(bookingId: string, look = 0): string {
  return withQuery(bookingPath(bookingId), { checkout: "done", look: look || undefined });
}

/** Pays what a session cost to which one did not come, once the card of the membership was declined. */
export function bookingFeePath(bookingId: string): string {
  return `${bookingPath(bookingId)}/fee`;
}

/** Where the payment page sends people who have paid that; we may not know yet. */
export function bookingFeePaidPath(bookingId: string, look = 0): string {
  return withQuery(bookingFeePath(bookingId), { checkout: "done", look: look || undefined });
}

/** Lets a held time go; takes POST only. */
export function bookingReleasePath(bookingId: string): string {
  return `${bookingPath(bookingId)}/release`;
}

/** A coach takes what was asked for, all of it or some. */
export function bookingAcceptPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/accept`;
}

/** A coach declines a session that was asked for, and says why. */
export function bookingDeclinePath(bookingId: string): string {
  return `${bookingPath(bookingId)}/decline`;
}

/** A client takes a request back; takes POST only. */
export function bookingWithdrawPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/withdraw`;
}

/** Paying for an order that has no booking yet. */
export function orderCheckoutPath(orderId: string): string {
  return `/orders/${encodeURIComponent(orderId)}/checkout`;
}

/** Where the payment page sends people who have paid for it: the same page, which may not know yet. */
export function orderPaidPath(orderId: string, look = 0): string {
  return withQuery(orderCheckoutPath(orderId), { checkout: "done", look: look || undefined });
}

/** What a client has bought to book from. */
export function packagesPath(): string {
  return "/packages";
}

/** One package: what is left of it, and what became of the rest. */
export function ownPackagePath(orderId: string): string {
  return `${packagesPath()}/${encodeURIComponent(orderId)}`;
}

/** Stopping to pay for one in parts. */
export function stopPlanPath(orderId: string): string {
  return `${ownPackagePath(orderId)}/stop`;
}

/** Choosing a time for a session of a package. `week` and `slot` as for `bookOfferPath`. */
export function packageBookPath(
  orderId: string,
  query: { week?: string | null; slot?: string | null; note?: string | null } = {},
): string {
  return withQuery(`${ownPackagePath(orderId)}/book`, query);
}

/** A coach ends a package that a client has something left of. */
export function endPackagePath(orderId: string): string {
  return `/coach/packages/${encodeURIComponent(orderId)}/end`;
}

/** A coach's coupons, and making one. */
export function coachCouponsPath(): string {
  return "/coach/coupons";
}

/** Ends a coupon; takes POST only. */
export function endCouponPath(couponId: string): string {
  return `${coachCouponsPath()}/${encodeURIComponent(couponId)}/end`;
}

/** What a coach says often, and saving more. */
export function savedAnswersPath(): string {
  return "/coach/answers";
}

/** Changing one saved answer. */
export function savedAnswerPath(answerId: string): string {
  return `${savedAnswersPath()}/${encodeURIComponent(answerId)}`;
}

/** Deletes one; takes POST only. */
export function deleteAnswerPath(answerId: string): string {
  return `${savedAnswerPath(answerId)}/delete`;
}

/** Putting a package on sale. */
export function newPackagePath(): string {
  return "/coach/offers/new-package";
}

/** What a page that changes a session is about: that one, or its series from there on as well. */
export type Scope = "following" | null;

/** What cancelling gives back, and the button that does it. */
export function bookingCancelPath(bookingId: string, scope?: Scope): string {
  return withQuery(`${bookingPath(bookingId)}/cancel`, { scope });
}

/**
 * Moving a session: choosing a time, and with `slot` (a start) seeing what changes. `week` is the
 * first of the seven days to show (YYYY-MM-DD), `reason` what was written to the other party.
 */
export function bookingMovePath(
  bookingId: string,
  query: {
    week?: string | null;
    slot?: string | null;
    reason?: string | null;
    scope?: Scope;
  } = {},
): string {
  return withQuery(`${bookingPath(bookingId)}/move`, query);
}

/** Asking to be told when a time sooner than a session's opens, or to hear no more of it. */
export function bookingSoonerPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/sooner`;
}

/** What was booked at Calendly: the link in our mail to whoever booked it. */
export function bookedAtCalendlyPath(id: string): string {
  return `/booked-at-calendly/${encodeURIComponent(id)}`;
}

/** Writing the review of a completed session. */
export function bookingReviewPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/review`;
}

/** What was written of a session, on its page. */
export function sessionReviewsPath(bookingId: string): string {
  return `${bookingPath(bookingId)}#reviews`;
}

/** A coach's one answer to what a client wrote. */
export function reviewReplyPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/reply`;
}

/** What clients wrote about the coach who is asking, and whom they may write about. */
export function deskReviewsPath(page = 1): string {
  return withQuery("/coach/reviews", { page: page > 1 ? page : undefined });
}

/** Into the meeting; answers only the two parties, and only around the session's time. */
export function bookingJoinPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/join`;
}

/** Objecting to what was decided about who came. */
export function bookingObjectionPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/objection`;
}

/** Into the meeting as its host; answers the coach only. */
export function bookingHostPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/host`;
}

/** Agreeing to a session's recording; takes POST only. */
export function recordingAgreePath(bookingId: string): string {
  return `${bookingPath(bookingId)}/recording/agree`;
}

/** Taking that back; takes POST only. */
export function recordingRevokePath(bookingId: string): string {
  return `${bookingPath(bookingId)}/recording/revoke`;
}

/** Watching a recording; leads the two parties of its session to it. */
export function recordingPath(recordingId: string): string {
  return `/recordings/${encodeURIComponent(recordingId)}`;
}

/** The session as a file for a calendar. */
export function bookingCalendarPath(bookingId: string): string {
  return `${bookingPath(bookingId)}/calendar.ics`;
}

/** Agrees to be named to the others at a date, or no longer does; takes POST only. */
export function bookingNamePath(bookingId: string): string {
  return `${bookingPath(bookingId)}/name`;
}

/** What a client reads and agrees to before they subscribe. */
export function subscribePath(slug: string, offerId: string): string {
  return `${coachPath(slug)}/memberships/${encodeURIComponent(offerId)}`;
}

/** A membership, for its client. */
export function membershipPath(membershipId: string): string {
  return `/memberships/${encodeURIComponent(membershipId)}`;
}

/** Where the payment page sends people who have subscribed: the membership, which may not know yet. */
export function membershipBegunPath(membershipId: string, look = 0): string {
  return withQuery(membershipPath(membershipId), { checkout: "done", look: look || undefined });
}

/** Pauses, resumes, cancels or keeps a membership; takes POST only. */
export function membershipDecisionPath(
  membershipId: string,
  decision: "pause" | "resume" | "cancel" | "keep",
): string {
  return `${membershipPath(membershipId)}/${decision}`;
}

/** Changing to another membership of the same coach. */
export function membershipPlanPath(membershipId: string): string {
  return `${membershipPath(membershipId)}/plan`;
}

/** What somebody paid, and their memberships. */
export function billingPath(page?: number | null): string {
  return withQuery("/settings/billing", { page: page && page > 1 ? page : undefined });
}

/** Leads to Stripe's page where the card is changed; takes POST only. */
export function billingPortalPath(): string {
  return "/settings/billing/portal";
}

/** Offering a membership. */
export function newMembershipPath(): string {
  return `${coachOffersPath()}/new-membership`;
}

/** Changing a membership that is on sale. */
export function changeMembershipOfferPath(offerId: string): string {
  return `${changeOfferPath(offerId)}/membership`;
}

/** A coach's weekly hours. */
export function coachAvailabilityPath(): string {
  return "/coach/availability";
}

/** How late and how far ahead a coach can be booked. */
export function coachBookingRulesPath(): string {
  return "/coach/availability/rules";
}

/** A coach's Calendly account. */
export function coachCalendlyPath(): string {
  return "/coach/calendly";
}

/** Leads to Calendly's consent page; takes POST only. */
export function coachCalendlyConnectPath(): string {
  return `${coachCalendlyPath()}/connect`;
}

/** Where Calendly sends the browser back to. */
export function coachCalendlyCallbackPath(): string {
  return `${coachCalendlyPath()}/callback`;
}

/** Taking a Calendly account away. */
export function coachCalendlyDisconnectPath(): string {
  return `${coachCalendlyPath()}/disconnect`;
}

/** Dates on which a coach has other hours than on their weekday. */
export function coachOverridesPath(): string {
  return `${coachAvailabilityPath()}/dates`;
}

/** Gives a date (YYYY-MM-DD) its weekday's hours back. */
export function removeOverridePath(day: string): string {
  return `${coachOverridesPath()}/${encodeURIComponent(day)}/remove`;
}

/** When a coach is away. */
export function coachOutOfOfficePath(): string {
  return `${coachAvailabilityPath()}/away`;
}

/** Ends a time away before it is over. */
export function removeOutOfOfficePath(id: string): string {
  return `${coachOutOfOfficePath()}/${encodeURIComponent(id)}/remove`;
}

/** Where a coach is for some days. */
export function coachTravelPath(): string {
  return `${coachAvailabilityPath()}/travel`;
}

/** Calls a trip off. */
export function removeTravelPath(id: string): string {
  return `${coachTravelPath()}/${encodeURIComponent(id)}/remove`;
}

/** A coach's next two weeks as clients see them. */
export function coachPreviewPath(): string {
  return `${coachAvailabilityPath()}/preview`;
}

/** What a coach sells. */
export function coachOffersPath(): string {
  return "/coach/offers";
}

/** Putting something new on sale. */
export function newOfferPath(): string {
  return `${coachOffersPath()}/new`;
}

/** Offering a free intro call. */
export function newIntroCallPath(): string {
  return `${coachOffersPath()}/new-intro-call`;
}

/** Offering a group session. */
export function newGroupSessionPath(): string {
  return `${coachOffersPath()}/new-group-session`;
}

/** One date of a group session, for its coach. */
export function coachDatePath(dateId: string): string {
  return `/coach/dates/${encodeURIComponent(dateId)}`;
}

/** Calling a date off. */
export function callOffDatePath(dateId: string): string {
  return `${coachDatePath(dateId)}/call-off`;
}

/** Changing an offer. */
export function changeOfferPath(offerId: string): string {
  return `${coachOffersPath()}/${encodeURIComponent(offerId)}`;
}

/** The dates of a group session: those to come, and scheduling another. */
export function offerDatesPath(offerId: string): string {
  return `${changeOfferPath(offerId)}/dates`;
}

/** Taking an offer off sale. */
export function archiveOfferPath(offerId: string): string {
  return `${changeOfferPath(offerId)}/archive`;
}

/** A coach's clients. */
export function coachClientsPath(page?: number | null): string {
  return withQuery("/coach/clients", { page: page && page > 1 ? page : undefined });
}

/** A coach's money. */
export function coachEarningsPath(page?: number | null): string {
  return withQuery("/coach/earnings", { page: page && page > 1 ? page : undefined });
}

/** A coach's money as a file for spreadsheets. */
export function coachEarningsFilePath(): string {
  return "/coach/earnings.csv";
}

/** Where a coach is paid to. */
export function coachPayoutsPath(): string {
  return "/coach/earnings/payouts";
}

/** Where Stripe sends a coach whose link into its pages is used up. */
export function coachPayoutsResumePath(): string {
  return `${coachPayoutsPath()}/resume`;
}

/** Where Stripe sends a coach who leaves its pages. */
export function coachPayoutsReturnPath(): string {
  return `${coachPayoutsPath()}/return`;
}

/** Opens Stripe's own page of what was paid out; takes POST only. */
export function coachPayoutsDashboardPath(): string {
  return `${coachPayoutsPath()}/dashboard`;
}

/** Asks for the practice to be listed; takes POST only. */
export function submitApplicationPath(): string {
  return "/coach/apply";
}

/** A coach's public page, being edited. */
export function coachProfilePath(): string {
  return "/coach/profile";
}

/**
 * A weekly series of an offer: its dates, before any is taken. `slot` is the first start, `weeks`
 * how many weeks, `note` what was written to the coach.
 */
export function seriesPath(
  slug: string,
  offerId: string,
  query: {
    slot: string;
    weeks?: number | string | null;
    note?: string | null;
    coupon?: string | null;
  },
): string {
  return withQuery(`${coachPath(slug)}/series/${encodeURIComponent(offerId)}`, query);
}

/** Asking to be told when a time opens for an offer, or to hear no more of it. */
export function offerSoonerPath(slug: string, offerId: string): string {
  return `${coachPath(slug)}/sooner/${encodeURIComponent(offerId)}`;
}

/** The dates of a group session, and taking a seat. `date` and `note` fill in the form. */
export function groupDatesPath(
  slug: string,
  offerId: string,
  query: { date?: string | null; note?: string | null; coupon?: string | null } = {},
): string {
  return withQuery(`${coachPath(slug)}/dates/${encodeURIComponent(offerId)}`, query);
}

/** A private calendar address; `token` is its secret part. */
export function calendarFeedPath(token: string): string {
  return `/calendar/${encodeURIComponent(token)}.ics`;
}

/**
 * One conversation. `before` is the number of a message: shows what was written before it. The rest is where in the
 * inbox, as in messagesPath.
 */
export function conversationPath(
  conversationId: string,
  query: { before?: number | null; page?: number; isWaiting?: boolean } = {},
): string {
  const { before, page = 1, isWaiting = false } = query;
  return withQuery(`/messages/${encodeURIComponent(conversationId)}`, {
    before,
    page: page > 1 ? page : undefined,
    waiting: isWaiting ? 1 : undefined,
  });
}

/** Search in the reader's own messages. */
export function searchMessagesPath(query?: string, page?: number | null): string {
  return withQuery("/messages/search", { q: query, page: page && page > 1 ? page : undefined });
}

/** A file of a conversation, or its preview: leads to where it lies, for those who may. */
export function attachmentPath(
  conversationId: string,
  attachmentId: string,
  { preview = false }: { preview?: boolean } = {},
): string {
  const path = `${conversationPath(conversationId)}/attachments/${encodeURIComponent(attachmentId)}`;
  return withQuery(path, { preview: preview ? 1 : null });
}

/** Takes the messages that a script sends; takes POST only. */
export function liveMessagesPath(conversationId: string): string {
  return `/resources/messages/${encodeURIComponent(conversationId)}`;
}

/** A message before its sender changes it or takes it back. */
export function changeMessagePath(conversationId: string, messageId: string): string {
  return `${conversationPath(conversationId)}/change/${encodeURIComponent(messageId)}`;
}

/** Takes a message back; takes POST only. */
export function deleteMessagePath(conversationId: string, messageId: string): string {
  return `${changeMessagePath(conversationId, messageId)}/delete`;
}

/** Tells us that a conversation, or a message of it, should not stay. */
export function reportConversationPath(conversationId: string, messageId?: string): string {
  return withQuery(`${conversationPath(conversationId)}/report`, { message: messageId });
}

/** Blocks the other party of a conversation; takes POST only. */
export function blockConversationPath(conversationId: string): string {
  return `${conversationPath(conversationId)}/block`;
}

/** Takes a block back; takes POST only. */
export function unblockConversationPath(conversationId: string): string {
  return `${conversationPath(conversationId)}/unblock`;
}

/**
 * What was written, edited or deleted after a change, by its number (JSON); marks it as read. With `eventsFrom`,
 * the number of a message, also what happened since the message before that.
 */
export function changedMessagesPath(
  conversationId: string,
  after: number,
  eventsFrom: number | null,
): string {
  return withQuery(liveMessagesPath(conversationId), { after, events_from: eventsFrom });
}

/** The e-mailed code of a sign-up. */
export function signUpVerifyPath(redirectTo?: string | null): string {
  return withQuery("/sign-up/verify", { redirect_to: redirectTo });
}

/** Sends a new code for a sign-up; takes POST only. */
export function signUpResendPath(redirectTo?: string | null): string {
  return withQuery("/sign-up/resend", { redirect_to: redirectTo });
}

/** The e-mailed code that a sign-in from a new device asks for. */
export function signInVerifyPath(redirectTo?: string | null): string {
  return withQuery("/sign-in/verify", { redirect_to: redirectTo });
}

/** Sends a new code for a sign-in; takes POST only. */
export function signInResendPath(redirectTo?: string | null): string {
  return withQuery("/sign-in/resend", { redirect_to: redirectTo });
}

/** Leads to Google and, by way of the next, back; takes POST only. */
export function signInWithGooglePath(redirectTo?: string | null): string {
  return withQuery("/sign-in/google", { redirect_to: redirectTo });
}

/** Where people come back from Google. */
export function signInWithGoogleCallbackPath(): string {
  return "/sign-in/google/callback";
}

/** Asks for the e-mail of a forgotten password. */
export function forgotPasswordPath(redirectTo?: string | null): string {
  return withQuery("/forgot-password", { redirect_to: redirectTo });
}

/** Code and new password. */
export function resetPasswordPath(redirectTo?: string | null): string {
  return withQuery("/reset-password", { redirect_to: redirectTo });
}

/** Sends a new code for a forgotten password; takes POST only. */
export function resetPasswordResendPath(redirectTo?: string | null): string {
  return withQuery("/reset-password/resend", { redirect_to: redirectTo });
}

/** First visit after sign-up: who you are. */
export function welcomePath(redirectTo?: string | null): string {
  return withQuery("/welcome", { redirect_to: redirectTo });
}

/** The private address at which a calendar app reads one's sessions. */
export function calendarSettingsPath(): string {
  return `${settingsPath()}/calendar`;
}

/** Who can help before a moment: wall time in a zone. */
export function freeBeforePath(
  query: {
    date?: string;
    time?: string;
    time_zone?: string;
    specialty?: string | null;
    state?: string | null;
    page?: number;
  } = {},
): string {
  const { page, ...rest } = query;
  return withQuery("/free-before", { ...rest, page: page === 1 ? undefined : page });
}

/** A short-lived token for live updates (JSON). */
export function realtimeTokenPath(): string {
  return "/resources/realtime-token";
}

/** One thing that one was told: leads on to what it is about. */
export function notificationPath(notificationId: string): string {
  return `${notificationsPath()}/${encodeURIComponent(notificationId)}`;
}

/** Says that one's address is right, after a mail came back; takes POST only. */
export function confirmMailAddressPath(): string {
  return `${sentMailsPath()}/confirm`;
}

/** How one wants to be told. */
export function notificationSettingsPath(): string {
  return `${settingsPath()}/notifications`;
}
