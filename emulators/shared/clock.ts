/** The time an emulator believes in. It runs like the real one, moved by whatever a test asked for. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Whole seconds since 1970, as vendors write timestamps. */
  seconds(): number;
  /** ISO 8601 in UTC without milliseconds, such as 2026-11-23T07:00:00Z. */
  iso(): string;
  /** Moves the clock to this moment (milliseconds); it runs on from there. */
  set(milliseconds: number): void;
  /** Moves the clock by this many milliseconds; negative goes back. */
  advance(milliseconds: number): void;
  /** Back to the real time. */
  reset(): void;
  /** Calls the listener after every jump, so that what has become due can happen. Returns its removal. */
  onJump(listener: () => void): () => void;
};

/**
 * Makes a clock that starts at the real time.
 *
 * @param realNow where real milliseconds come from; tests pass a fixed function to freeze the clock
 */
export function createClock(realNow: () => number = Date.now): Clock {
  let offset = 0;
  const listeners = new Set<() => void>();

  function now(): number {
    return realNow() + offset;
  }

  function jumpTo(newOffset: number): void {
    offset = newOffset;
    for (const listener of listeners) listener();
  }

  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    iso: () => new Date(now()).toISOString().replace(/\.\d{3}Z$/, "Z"),
    set: (milliseconds) => jumpTo(milliseconds - realNow()),
    advance: (milliseconds) => jumpTo(offset + milliseconds),
    reset: () => jumpTo(0),
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
