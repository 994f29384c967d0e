/**
 * Every address of the site, built here and nowhere else. Values are encoded; empty ones are left out.
 */
import { withQuery } from "./with-query.ts";

export * from "./inner-paths.ts";

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

/** A page of what clients say about a coach, the newest first. */
export function coachReviewsPath(slug: string, page: number): string {
  return withQuery(coachPath(slug), { page: page > 1 ? page : undefined });
}

/** Telling us that a review should not stay. */
export function reportReviewPath(reviewId: string): string {
  return `/reviews/${encodeURIComponent(reviewId)}/report`;
}

/** Telling us that a coach's reply to a review should not stay. */
export function reportReplyPath(reviewId: string): string {
  return withQuery(reportReviewPath(reviewId), { of: "reply" });
}

/** How reviews are written, shown and counted. */
export function howReviewsWorkPath(): string {
  return "/how-reviews-work";
}

/** Starts a conversation with a coach, or goes on with the one there is; takes POST only. */
export function coachMessagePath(slug: string): string {
  return `${coachPath(slug)}/message`;
}

/**
 * Choosing a time for an offer. `week` is the first of the seven days to show (YYYY-MM-DD), `slot`
 * the start of the time that is chosen already, `note` what was written to the coach, `coupon` a code.
 */
export function bookOfferPath(
  slug: string,
  offerId: string,
  query: {
    week?: string | null;
    slot?: string | null;
    note?: string | null;
    coupon?: string | null;
  } = {},
): string {
  return withQuery(`${coachPath(slug)}/book/${encodeURIComponent(offerId)}`, query);
}

/** What a package is, and buying it. `coupon` is a code that was typed. */
export function packagePath(
  slug: string,
  offerId: string,
  query: { coupon?: string | null } = {},
): string {
  return withQuery(`${coachPath(slug)}/packages/${encodeURIComponent(offerId)}`, query);
}

/** "My sessions": those to come, or those that were. */
export function sessionsPath(query: { isPast?: boolean; page?: number | null } = {}): string {
  return withQuery("/sessions", {
    show: query.isPast ? "past" : undefined,
    page: query.page && query.page > 1 ? query.page : undefined,
  });
}

/** All conversations. */
export function messagesPath(
  page?: number | null,
  { isWaiting = false }: { isWaiting?: boolean } = {},
): string {
  return withQuery("/messages", {
    page: page && page > 1 ? page : undefined,
    waiting: isWaiting ? 1 : undefined,
  });
}

/** What one was told. */
export function notificationsPath(page?: number | null): string {
  return withQuery("/notifications", { page: page && page > 1 ? page : undefined });
}

/** How many notices are unread (JSON). */
export function unreadNoticesPath(): string {
  return "/resources/unread-notices";
}

/** Sign-up; afterwards the person comes back to `redirectTo`, a path of this site. */
export function signUpPath(redirectTo?: string | null): string {
  return withQuery("/sign-up", { redirect_to: redirectTo });
}

/** Sign-in; afterwards the person comes back to `redirectTo`, a path of this site. */
export function signInPath(redirectTo?: string | null): string {
  return withQuery("/sign-in", { redirect_to: redirectTo });
}

/** Sign-out; takes POST only. */
export function signOutPath(): string {
  return "/sign-out";
}

/** Name, licence, time zone. */
export function settingsPath(): string {
  return "/settings";
}

/** What was mailed to one. `page` counts from 1. */
export function sentMailsPath(page?: number): string {
  return withQuery(`${settingsPath()}/mails`, { page: page && page > 1 ? page : undefined });
}

/** The application of a coach. */
export function becomeACoachPath(): string {
  return "/become-a-coach";
}

/** A coach's own desk: the calendar. `week` is any date (YYYY-MM-DD) of the week to show. */
export function coachDeskPath(week?: string | null): string {
  return withQuery("/coach", { week });
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
