import { describe, expect, test } from "vitest";

import { createMarket, type Market } from "./market.ts";

const OPTIONS = {
  now: new Date("2026-11-23T15:00:00Z"),
  terms: {
    fee_basis_points: 1_500,
    full_refund_minutes: 1_440,
    partial_refund_minutes: 240,
    partial_refund_percent: 50,
    client_move_minutes: 1_440,
    client_moves: 2,
    coach_move_minutes: 0,
  },
  cancellationPolicyId: "00000000-0000-4000-8000-000000000001",
  hostIds: ["host_1", "host_2", "host_3"],
};

describe("the demo market", () => {
  const market = createMarket(OPTIONS);

  test("is the same every time", () => {
    expect(createMarket(OPTIONS)).toEqual(market);
  });

  test("has no two coaches who read the same", () => {
    const texts = (field: "headline" | "bio" | "slug") =>
      market.practices.map(({ coach }) => coach[field]);

    expect(market.practices.length).toBeGreaterThan(48);
    for (const field of ["headline", "bio", "slug"] as const) {
      expect(new Set(texts(field)).size).toBe(market.practices.length);
    }
  });

  test("never says the same about one coach twice", () => {
    const said = market.reviews.map(({ coach_id, body }) => `${coach_id} ${body}`);
    expect(new Set(said).size).toBe(said.length);
  });

  test("has nothing in the past that is still to come, and the other way round", () => {
    const now = OPTIONS.now.toISOString();
    for (const { booking } of market.sessions) {
      expect(booking.starts_at > now).toBe(booking.status === "confirmed");
      expect(booking.created_at < now).toBe(true);
    }
    for (const { created_at } of [...market.reviews, ...messagesOf(market)]) {
      expect((created_at ?? "") <= now).toBe(true);
    }
  });

  test("keeps every person and every meeting host to one session at a time", () => {
    for (const key of ["coach_id", "client_id", "host_id"] as const) {
      expect(overlaps(market, key)).toEqual([]);
    }
  });

  test("lets Dana review exactly one session", () => {
    const dana = market.members.find(({ email }) => email === "dana@walkthrough.example");
    const week = 7 * 86_400_000;
    const reviewed = new Set(
      market.reviews
        .filter(({ author_party }) => author_party === "client")
        .map((review) => review.booking_id),
    );

    const open = market.sessions.filter(
      ({ booking }) =>
        booking.client_id === dana?.profile.id &&
        booking.status === "completed" &&
        OPTIONS.now.getTime() - new Date(booking.ends_at).getTime() < week &&
        !reviewed.has(booking.id),
    );
    expect(open).toHaveLength(1);
    // Nor has she written about that coach within the last thirty days.
    const lately = market.reviews.filter(
      ({ author_id, coach_id, created_at }) =>
        author_id === dana?.profile.id &&
        coach_id === open[0]?.booking.coach_id &&
        OPTIONS.now.getTime() - new Date(created_at).getTime() < 30 * 86_400_000,
    );
    expect(lately).toEqual([]);
  });

  test("has reviews both ways, shown together or after a week, and replies to some", () => {
    const { reviews } = market;
    for (const party of ["client", "coach"]) {
      expect(reviews.filter(({ author_party }) => author_party === party).length).toBeGreaterThan(
        50,
      );
    }
    for (const review of reviews) {
      const other = reviews.find(
        ({ booking_id, id }) => booking_id === review.booking_id && id !== review.id,
      );
      if (other) expect(other.published_at).toBe(review.published_at);
    }
    expect(reviews.filter(({ reply }) => reply).length).toBeGreaterThan(10);
  });
});

function messagesOf(market: Market) {
  return market.conversations.flatMap(({ messages }) => messages);
}

/** Pairs of sessions of one coach, client or host that touch the same time. */
function overlaps(market: Market, key: "coach_id" | "client_id" | "host_id") {
  const sessions = market.sessions
    .map(({ booking, appointment }) => ({ ...booking, host_id: appointment.hostId }))
    .sort((left, right) => left.starts_at.localeCompare(right.starts_at));

  return sessions.flatMap((session, index) =>
    sessions
      .slice(index + 1, index + 20)
      .filter((later) => later[key] === session[key] && later.starts_at < session.ends_at)
      .map((later) => [session.id, later.id]),
  );
}
