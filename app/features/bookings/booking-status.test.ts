import { describe, expect, it } from "vitest";

import {
  eventDetails,
  eventWords,
  overTitle,
  type BookingEvent,
  type OverSession,
  type Actor,
} from "./booking-status";

const ZONE = "America/Phoenix";
const cancelled: BookingEvent = { actor: "coach", before: "confirmed", after: "cancelled" };
const expired: BookingEvent = { actor: "system", before: "held", after: "expired" };

describe("what happened to a booking, in words", () => {
  it("says you to who did it, and the name to the other", () => {
    expect(eventWords(cancelled, "coach", "Dana Reed")).toBe("You cancelled");
    expect(eventWords(cancelled, "client", "Maria López")).toBe("Maria López cancelled");
  });

  it("blames neither party for what we did", () => {
    expect(eventWords({ ...cancelled, actor: "admin" }, "client", "Maria López")).toBe(
      "Cancelled by our team",
    );
    expect(eventWords(expired, "client", "Maria López")).toBe(
      "Not paid in time: the time is free again",
    );
  });

  it("says from when to when a session was moved, and why", () => {
    const moved: BookingEvent = {
      actor: "client",
      before: "confirmed",
      after: "confirmed",
      detail: { from: "2026-11-24T16:00:00Z", to: "2026-11-25T17:30:00Z", reason: "A closing." },
    };
    expect(eventWords(moved, "client", "Maria López")).toBe("You moved the session");
    expect(eventWords(moved, "coach", "Dana Reed")).toBe("Dana Reed moved the session");
    expect(eventWords({ ...moved, actor: "admin" }, "client", "Maria López")).toBe(
      "Our team moved the session",
    );
    expect(eventDetails(moved, ZONE)).toEqual([
      "From Tuesday, November 24, 2026, 9:00 AM Mountain Standard Time",
      "to Wednesday, November 25, 2026, 10:30 AM Mountain Standard Time.",
      "“A closing.”",
    ]);
    expect(eventDetails(cancelled, ZONE)).toEqual([]);
  });

  it("says where a time was taken, if not here", () => {
    const taken: BookingEvent = { actor: "client", before: null, after: "held" };
    const there = { ...taken, detail: { at: "calendly" } };
    expect(eventWords(taken, "coach", "Dana Reed")).toBe("Dana Reed took this time");
    expect(eventWords(there, "coach", "Dana Reed")).toBe("Dana Reed booked this time at Calendly");
  });

  it("speaks of paying only where something was to be paid", () => {
    const confirmed: BookingEvent = { actor: "system", before: "held", after: "confirmed" };
    expect(eventWords(confirmed, "client", "Maria López")).toBe("Paid and confirmed");
    expect(eventWords(confirmed, "client", "Maria López", true)).toBe("Confirmed");
  });

  it("tells a hold let go from one that ran out", () => {
    expect(eventWords({ ...expired, actor: "client" }, "client", "Maria López")).toBe(
      "You let the time go",
    );
  });
});

describe("why a session is not to be", () => {
  const session: OverSession = {
    status: "cancelled",
    party: "client",
    counterpart_name: "Maria López",
    cancelled_by: "client",
    refunded_cents: 0,
    answer_by: null,
    is_charged: true,
  };

  it("names who cancelled", () => {
    expect(overTitle(session)).toBe("You cancelled this session");
    expect(overTitle({ ...session, cancelled_by: "coach" })).toBe(
      "Maria López cancelled this session",
    );
    expect(overTitle({ ...session, cancelled_by: "admin" })).toBe(
      "Our team cancelled this session",
    );
  });

  it("tells a payment that came too late from none at all", () => {
    const expired: OverSession = { ...session, status: "expired", cancelled_by: null };
    expect(overTitle(expired)).toBe("This time was not booked");
    expect(overTitle({ ...expired, refunded_cents: 6_500 })).toBe(
      "The time was gone when the payment came",
    );
  });

  it("tells what became of a request", () => {
    const request: OverSession = {
      ...session,
      answer_by: "2026-11-24T16:00:00Z",
      is_charged: false,
    };
    expect(overTitle(request)).toBe("You took the request back");
    expect(overTitle({ ...request, party: "coach", counterpart_name: "Dana Reed" })).toBe(
      "Dana Reed took the request back",
    );
    expect(overTitle({ ...request, status: "expired", cancelled_by: null })).toBe(
      "The request was not answered in time",
    );
    expect(overTitle({ ...request, status: "declined", cancelled_by: null })).toBe(
      "Maria López declined",
    );
    expect(overTitle({ ...request, status: "declined", party: "coach" })).toBe("You declined");
  });
});

describe("what happened to a request, in words", () => {
  function told(before: BookingEvent["before"], after: BookingEvent["after"], actor: Actor) {
    return eventWords({ actor, before, after }, "client", "Maria López");
  }
  it("says who asked and who answered", () => {
    expect(told("held", "requested", "system")).toBe("You asked for this time");
    expect(told("requested", "confirmed", "coach")).toBe("Maria López accepted");
    expect(told("requested", "declined", "coach")).toBe("Maria López declined");
    expect(told("requested", "cancelled", "client")).toBe("You took the request back");
    expect(told("requested", "expired", "system")).toBe(
      "Not answered in time: the time is free again",
    );
  });
});
