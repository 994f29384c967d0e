import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createTypingSigns, NOT_TYPING, TYPING_SHOWN_MS, typingReducer } from "./typing.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("tells of typing at once, then now and then as long as it lasts, and not of an empty field", () => {
  const tell = vi.fn();
  const onType = createTypingSigns(tell);
  onType("");
  onType(" \n");
  expect(tell).not.toHaveBeenCalled();
  for (let letters = 1; letters <= 100; letters += 1) {
    onType("x".repeat(letters));
    vi.advanceTimersByTime(100);
  }
  expect(tell).toHaveBeenCalledTimes(4); // of ten seconds
});

it("tells again before the last sign is forgotten, even if one is lost", () => {
  const toldAt: number[] = [];
  const onType = createTypingSigns(() => toldAt.push(Date.now()));
  for (let letters = 1; letters <= 200; letters += 1) {
    onType("x".repeat(letters));
    vi.advanceTimersByTime(100);
  }
  const everySecond = toldAt.filter((_, index) => index % 2 === 0);
  const gaps = everySecond.slice(1).map((at, index) => at - everySecond[index]!);
  expect(Math.max(...gaps)).toBeLessThan(TYPING_SHOWN_MS);
});

it("is shown from a sign until a pause, and read out once until something was written", () => {
  const first = typingReducer(NOT_TYPING, "sign");
  expect(first).toEqual({ isShown: true, isReadOut: true });
  expect(typingReducer(first, "sign")).toBe(first);
  const paused = typingReducer(first, "pause");
  const again = typingReducer(paused, "sign");
  expect([paused.isShown, again.isShown, again.isReadOut]).toEqual([false, true, false]);
  expect(typingReducer(again, "written")).toEqual(NOT_TYPING);
  expect(typingReducer(again, "lost").isShown).toBe(false);
});

it("changes nothing where nobody typed", () => {
  for (const happened of ["pause", "lost"] as const) {
    expect(typingReducer(NOT_TYPING, happened)).toBe(NOT_TYPING);
  }
});
