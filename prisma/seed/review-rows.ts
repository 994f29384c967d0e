import type { Factories, Row } from "../../tests/factories.ts";
import { REVIEW_ENDINGS, REVIEWS_BY_SPECIALTY, type ReviewCopy } from "./review-copy.ts";
import type { SessionRows } from "./session-rows.ts";

const REVIEWED_SHARE = 0.55;
/** How often the same words may appear, by stars: never about the same coach, and ending differently. */
const USES = { 2: 1, 3: 1, 4: 2, 5: 2 } as const;
const HOUR = 3_600_000;

/**
 * Lets clients review the sessions they had, about as many as do.
 * Words fit what the session was about; where they run out, there is no review.
 */
export function createReviews(factories: Factories, sessions: SessionRows[]): Row<"reviews">[] {
  const { faker, now } = factories;
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

  return sessions.flatMap(({ booking, appointment }) => {
    const { isReviewed = faker.datatype.boolean(REVIEWED_SHARE), client, offer } = appointment;
    if (booking.status !== "completed" || !isReviewed) return [];

    const copy = choose(offer.copy.about, booking.coach_id);
    if (!copy) return [];
    const endedAt = new Date(booking.ends_at).getTime();
    const writtenAt = endedAt + faker.number.int({ min: 1, max: 40 }) * HOUR;
    return factories.review(booking, client, {
      rating: copy[0],
      body: finish(copy),
      created_at: new Date(Math.min(writtenAt, now.getTime())).toISOString(),
    });
  });
}
