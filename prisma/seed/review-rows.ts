import type { Factories, Row } from "../../tests/factories.ts";
import { CLIENT_REVIEWS, REPLIES } from "./client-review-copy.ts";
import { REVIEW_ENDINGS, REVIEWS_BY_SPECIALTY, type ReviewCopy } from "./review-copy.ts";
import type { SessionRows } from "./session-rows.ts";

const CLIENTS_WHO_WRITE = 0.55;
const COACHES_WHO_WRITE = 0.4;
const COACHES_WHO_REPLY = 0.35;
/** How often the same words may appear, by stars: never about the same coach, and ending differently. */
const USES = { 2: 1, 3: 1, 4: 2, 5: 2 } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How the three answers of a client are spread around their stars. */
const ANSWERS = {
  5: [
    [5, 5, 5],
    [5, 5, 5],
    [5, 5, 5],
    [5, 4, 5],
    [4, 5, 5],
  ],
  4: [
    [4, 4, 4],
    [5, 4, 4],
    [4, 5, 4],
    [3, 4, 4],
    [4, 4, 5],
  ],
  3: [
    [3, 3, 3],
    [2, 4, 3],
    [4, 3, 3],
    [3, 3, 2],
  ],
  2: [
    [2, 2, 2],
    [3, 2, 2],
    [2, 2, 1],
  ],
} as const;

/**
 * Lets both parties review the sessions they had, about as many as do, under the rules that hold for
 * everybody: once in thirty days for the same two, shown when both are there or after a week.
 * Words fit what the session was about; where they run out, there is no review.
 */
export function createReviews(factories: Factories, sessions: SessionRows[]): Row<"reviews">[] {
  const { faker, now } = factories;
  const writeOfCoach = createCoachReviews(factories);
  const writeOfClient = createClientReviews(factories);
  const answer = createReplies(factories);
  const written = new Map<string, number[]>();

  /** Whether this party has written about the other at least thirty days before and after, or not at all. */
  function mayWrite(review: Row<"reviews">): boolean {
    const pair = `${review.author_id} ${review.coach_id} ${review.client_id}`;
    const at = new Date(review.created_at).getTime();
    const others = written.get(pair) ?? [];
    if (others.some((other) => Math.abs(other - at) < 30 * DAY)) return false;
    written.set(pair, [...others, at]);
    return true;
  }

  return sessions.flatMap((session) => {
    const { booking, appointment } = session;
    const { isReviewed = faker.datatype.boolean(CLIENTS_WHO_WRITE) } = appointment;
    const coachWrites = faker.datatype.boolean(COACHES_WHO_WRITE);
    if (booking.status !== "completed") return [];

    const reviews = [
      ...(isReviewed ? writeOfCoach(session) : []),
      ...(coachWrites && !booking.group_date_id ? writeOfClient(session) : []),
    ].filter(mayWrite);
    const publishedAt = shownAt(booking, reviews, now);
    return reviews.map((review) => answer({ ...review, published_at: publishedAt }));
  });
}

/** When what was written of a session is shown: with the second review, or a week after it; null before. */
function shownAt(booking: Row<"bookings">, reviews: Row<"reviews">[], now: Date): string | null {
  const written = reviews.map(({ created_at }) => created_at).sort();
  if (written.length === 2) return written[1] ?? null;
  const weekLater = new Date(new Date(booking.ends_at).getTime() + 7 * DAY);
  return weekLater <= now ? weekLater.toISOString() : null;
}

/** What clients write: words that fit the session, never twice about one coach. */
function createCoachReviews({ faker, now, ...factories }: Factories) {
  const usedBy = new Map<string, string[]>();
  const bodies = new Set<string>();

  function choose(about: string, coachId: string): ReviewCopy | null {
    const fresh = (REVIEWS_BY_SPECIALTY[about] ?? []).filter(([stars, body]) => {
      const coaches = usedBy.get(body) ?? [];
      return coaches.length < USES[stars] && !coaches.includes(coachId);
    });
    if (fresh.length === 0) return null;

    const chosen = faker.helpers.arrayElement(fresh);
    usedBy.set(chosen[1], [...(usedBy.get(chosen[1]) ?? []), coachId]);
    return chosen;
  }

  function finish([stars, body]: ReviewCopy): string {
    const isFirst = !bodies.has(body);
    const endings = stars >= 4 ? REVIEW_ENDINGS.happy : REVIEW_ENDINGS.mixed;
    const whole =
      isFirst && faker.datatype.boolean(0.6)
        ? body
        : `${body} ${faker.helpers.arrayElement([...endings])}`;
    bodies.add(body);
    return whole;
  }

  return function write({ booking, appointment }: SessionRows): Row<"reviews">[] {
    const copy = choose(appointment.offer.copy.about, booking.coach_id);
    if (!copy) return [];
    const [market, advice, worth] = faker.helpers.arrayElement([...ANSWERS[copy[0]]]);
    return [
      factories.review(booking, appointment.client, {
        market_rating: market,
        advice_rating: advice,
        worth_rating: worth,
        body: finish(copy),
        created_at: soonAfter(booking, faker, now),
      }),
    ];
  };
}

/** What coaches write about clients, which only the two read; no coach says the same twice. */
function createClientReviews({ faker, now, ...factories }: Factories) {
  const saidBy = new Map<string, string[]>();

  return function write({ booking, appointment }: SessionRows): Row<"reviews">[] {
    const { coach } = appointment.practice;
    const said = saidBy.get(coach.id) ?? [];
    const fresh = CLIENT_REVIEWS.filter(([, , , body]) => !said.includes(body));
    if (fresh.length === 0) return [];
    const [preparation, openness, followThrough, body] = faker.helpers.arrayElement(fresh);
    saidBy.set(coach.id, [...said, body]);
    return [
      factories.review(booking, appointment.client, {
        author_id: coach.profile_id,
        author_party: "coach",
        author_name: coach.display_name,
        market_rating: null,
        advice_rating: null,
        worth_rating: null,
        preparation_rating: preparation,
        openness_rating: openness,
        follow_through_rating: followThrough,
        body,
        created_at: soonAfter(booking, faker, now),
      }),
    ];
  };
}

/** What coaches reply, some of the time, to what is shown; none says the same twice. */
function createReplies({ faker, now }: Factories) {
  const saidBy = new Map<string, string[]>();

  return function answer(review: Row<"reviews">): Row<"reviews"> {
    const replies = faker.datatype.boolean(COACHES_WHO_REPLY);
    if (!replies || review.author_party !== "client" || !review.published_at) return review;

    const said = saidBy.get(review.coach_id) ?? [];
    const mood = (review.worth_rating ?? 0) >= 4 ? REPLIES.happy : REPLIES.mixed;
    const fresh = mood.filter((words) => !said.includes(words));
    const repliedAt = new Date(review.published_at).getTime() + 9 * HOUR;
    if (fresh.length === 0 || repliedAt > now.getTime()) return review;

    const reply = faker.helpers.arrayElement(fresh);
    saidBy.set(review.coach_id, [...said, reply]);
    return { ...review, reply, replied_at: new Date(repliedAt).toISOString() };
  };
}

/** Some hours after the session, and not in the future. */
function soonAfter(booking: Row<"bookings">, faker: Factories["faker"], now: Date): string {
  const at = new Date(booking.ends_at).getTime() + faker.number.int({ min: 1, max: 40 }) * HOUR;
  return new Date(Math.min(at, now.getTime())).toISOString();
}
