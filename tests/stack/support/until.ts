import { setTimeout as delay } from "node:timers/promises";

const LOOK_EVERY_MS = 40;

/**
 * Waits for something to become true.
 * @param what it is, for the error
 * @param look asked again and again; what it returns, once that is neither null nor false, is the result
 * @param timeout in milliseconds
 * @throws when it has not become true in time
 */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | null | false | undefined>,
  timeout = 30_000,
): Promise<Value> {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await look();
    if (value !== null && value !== false && value !== undefined) return value;
    if (Date.now() > end) throw new Error(`It did not happen in ${timeout} ms: ${what}`);
    await delay(LOOK_EVERY_MS);
  }
}
