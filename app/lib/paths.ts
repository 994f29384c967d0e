/**
 * Every address of the site, built here and nowhere else. Values are encoded; empty ones are left out.
 */
import { withQuery } from "./with-query.ts";

export * from "./member-paths.ts";

/** What a search for coaches can be narrowed by; `max_price` in whole dollars, `page` from 1. */
export type CoachSearchQuery = {
  q?: string | null;
  state?: string | null;
  specialty?: string | null;
  language?: string | null;
  max_price?: number | string | null;
  sort?: string | null;
  page?: number | null;
};

/** The home page. */
export function homePath(): string {
  return "/";
}

/** Search for coaches. The first page has no `page`, so that one page has one address. */
export function coachesPath({ page, ...query }: CoachSearchQuery = {}): string {
  return withQuery("/coaches", { ...query, page: page && page > 1 ? page : undefined });
}

/** A coach's public page. */
export function coachPath(slug: string): string {
  return `/coaches/${encodeURIComponent(slug)}`;
}

/** Starts a conversation with a coach, or goes on with the one there is; takes POST only. */
export function coachMessagePath(slug: string): string {
  return `${coachPath(slug)}/message`;
}

/**
 * Choosing a time for an offer. `week` is the first of the seven days to show (YYYY-MM-DD), `slot`
 * the start of the time that is chosen already, `note` what was written to the coach.
 */
export function bookOfferPath(
  slug: string,
  offerId: string,
  query: { week?: string | null; slot?: string | null; note?: string | null } = {},
): string {
  return withQuery(`${coachPath(slug)}/book/${encodeURIComponent(offerId)}`, query);
}

/**
 * A weekly series of an offer: its dates, before any is taken. `slot` is the first start, `weeks`
 * how many weeks, `note` what was written to the coach.
 */
export function seriesPath(
  slug: string,
  offerId: string,
  query: { slot: string; weeks?: number | string | null; note?: string | null },
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
  query: { date?: string | null; note?: string | null } = {},
): string {
  return withQuery(`${coachPath(slug)}/dates/${encodeURIComponent(offerId)}`, query);
}

/** A private calendar address; `token` is its secret part. */
export function calendarFeedPath(token: string): string {
  return `/calendar/${encodeURIComponent(token)}.ics`;
}

/** "My sessions": those to come, or those that were. */
export function sessionsPath(query: { isPast?: boolean; page?: number | null } = {}): string {
  return withQuery("/sessions", {
    show: query.isPast ? "past" : undefined,
    page: query.page && query.page > 1 ? query.page : undefined,
  });
}

/** All conversations. */
export function messagesPath(page?: number | null): string {
  return withQuery("/messages", { page: page && page > 1 ? page : undefined });
}

/** One conversation. `before` is the number of a message: shows what was written before it. */
export function conversationPath(
  conversationId: string,
  query: { before?: number | null } = {},
): string {
  return withQuery(`/messages/${encodeURIComponent(conversationId)}`, query);
}

/** Takes the messages that a script sends (JSON); takes POST only. */
export function liveMessagesPath(conversationId: string): string {
  return `/resources/messages/${encodeURIComponent(conversationId)}`;
}

/** What was written after a message, by its number (JSON); marks it as read. */
export function newerMessagesPath(conversationId: string, after: number): string {
  return withQuery(liveMessagesPath(conversationId), { after });
}

/** Sign-up; afterwards the person comes back to `redirectTo`, a path of this site. */
export function signUpPath(redirectTo?: string | null): string {
  return withQuery("/sign-up", { redirect_to: redirectTo });
}

/** The e-mailed code of a sign-up. */
export function signUpVerifyPath(redirectTo?: string | null): string {
  return withQuery("/sign-up/verify", { redirect_to: redirectTo });
}

/** Sends a new code for a sign-up; takes POST only. */
export function signUpResendPath(redirectTo?: string | null): string {
  return withQuery("/sign-up/resend", { redirect_to: redirectTo });
}

/** Sign-in; afterwards the person comes back to `redirectTo`, a path of this site. */
export function signInPath(redirectTo?: string | null): string {
  return withQuery("/sign-in", { redirect_to: redirectTo });
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

/** Sign-out; takes POST only. */
export function signOutPath(): string {
  return "/sign-out";
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

/** Name, licence, time zone. */
export function settingsPath(): string {
  return "/settings";
}

/** The private address at which a calendar app reads one's sessions. */
export function calendarSettingsPath(): string {
  return `${settingsPath()}/calendar`;
}

/** The application of a coach. */
export function becomeACoachPath(): string {
  return "/become-a-coach";
}

/** A coach's own desk: the calendar. `week` is any date (YYYY-MM-DD) of the week to show. */
export function coachDeskPath(week?: string | null): string {
  return withQuery("/coach", { week });
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

/** How the marketplace works. */
export function howItWorksPath(): string {
  return "/how-it-works";
}

/** What we keep about people. */
export function privacyPath(): string {
  return "/privacy";
}

/** Terms of use. */
export function termsPath(): string {
  return "/terms";
}

/** Keeps the choice of light or dark; takes POST only. */
export function themePath(): string {
  return "/theme";
}

/** Keeps a visitor's choice of time zone; takes POST only. */
export function timeZonePath(): string {
  return "/time-zone";
}

/** A short-lived token for live updates (JSON). */
export function realtimeTokenPath(): string {
  return "/resources/realtime-token";
}
