import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { createSignalPace } from "./signal-pace.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("follows each signal at once as long as looking finds something now and then", () => {
  const look = vi.fn();
  const { heed } = createSignalPace(look, () => 4);
  for (let signals = 0; signals < 10; signals += 1) heed();
  expect(look).toHaveBeenCalledTimes(10);
});

it("looks at most once in two seconds when there is never anything to find, first and last", () => {
  const look = vi.fn();
  const { heed } = createSignalPace(look, () => 5);
  heed();
  expect(look).toHaveBeenCalledTimes(1); // at once
  for (let seconds = 0; seconds < 20; seconds += 1) {
    for (let signals = 0; signals < 50; signals += 1) heed();
    vi.advanceTimersByTime(1_000);
  }
  expect(look).toHaveBeenCalledTimes(11);

  // The last signal is not lost, and after a pause the next is followed at once.
  heed();
  expect(look).toHaveBeenCalledTimes(11);
  vi.advanceTimersByTime(10_000);
  expect(look).toHaveBeenCalledTimes(12);
  heed();
  expect(look).toHaveBeenCalledTimes(13);
});

it("looks no more once it is stopped", () => {
  const look = vi.fn();
  const { heed, stop } = createSignalPace(look, () => 5);
  heed();
  heed();
  stop();
  vi.advanceTimersByTime(10_000);
  expect(look).toHaveBeenCalledTimes(1);
});
