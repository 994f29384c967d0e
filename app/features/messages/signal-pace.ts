/** Between two looks once there was nothing to find for a while. Milliseconds. */
const BETWEEN_LOOKS_MS = 2_000;

/** As many looks in a row may find nothing: an answer and the signal of what it brings cross on their way. */
const MISSES_ALLOWED = 5;

type SignalPace = {
  /** There was a signal. */
  heed: () => void;
  /** None is followed any more. */
  stop: () => void;
};

/**
 * Follows signals at once, and those of whoever only pretends that there is something to see at most every two seconds:
 * the first, and what came after it as one. Of what is really there no signal waits, since looking for it finds it.
 *
 * @param look goes and looks
 * @param countMisses how often in a row looking found nothing
 */
export function createSignalPace(look: () => void, countMisses: () => number): SignalPace {
  let rest: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;

  function go() {
    isWanted = false;
    clearTimeout(rest);
    rest = setTimeout(() => {
      rest = undefined;
      if (isWanted) go();
    }, BETWEEN_LOOKS_MS);
    look();
  }

  return {
    heed() {
      if (rest !== undefined && countMisses() >= MISSES_ALLOWED) isWanted = true;
      else go();
    },
    stop: () => clearTimeout(rest),
  };
}
