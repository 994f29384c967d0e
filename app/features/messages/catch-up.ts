type Parts<Found> = {
  /** Asks for what is new. Rejects when it can't be had. */
  read: () => Promise<Found>;
  /** Gets what was found; true when there is more to ask for at once. */
  take: (found: Found) => boolean;
  /** It could not be had; the next signal tries again. */
  onFailure: () => void;
};

/**
 * Turns signals that something may be new into as few questions as possible: one at a time, and
 * one more if a signal came while the last was being answered, since that answer may be older.
 *
 * @param parts how to ask, and what to do with the answer
 * @returns a function to call with every signal
 */
export function createCatchUp<Found>({ read, take, onFailure }: Parts<Found>): () => void {
  let isReading = false;
  let isWanted = false;

  async function run() {
    isReading = true;
    try {
      while (isWanted) {
        isWanted = false;
        if (take(await read())) isWanted = true;
      }
    } catch {
      isWanted = false;
      onFailure();
    } finally {
      isReading = false;
    }
  }

  return function catchUp() {
    isWanted = true;
    if (!isReading) void run();
  };
}
