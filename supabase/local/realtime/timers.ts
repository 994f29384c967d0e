/** The time that tokens are measured with; tests bring their own and need not wait. */
export type Timers = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once, after this many milliseconds. Returns what cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
};

// setTimeout takes a 32-bit delay and fires at once beyond it.
const LONGEST_DELAY = 2 ** 31 - 1;

/** The real time. */
export const realTimers: Timers = {
  now: Date.now,
  after(milliseconds, callback) {
    const timer = setTimeout(callback, Math.min(milliseconds, LONGEST_DELAY));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
