import type { Store } from "../../shared/store.ts";
import type { SavedAnswer, State } from "../state.ts";
import { StripeFailure, invalidRequest } from "./failure.ts";

const KEPT_SECONDS = 24 * 60 * 60;
const LONGEST_KEY = 255;

type KeyedCall = {
  key: string;
  /** Connected accounts have keys of their own. */
  account: string | null;
  endpoint: string;
  body: string;
};

export type Idempotency = {
  /**
   * Takes the key for one call.
   *
   * @returns the saved answer when the same call was made before, else a function that gives the
   *   key free again
   * @throws StripeFailure when the key was used for something else, or is in use this moment
   */
  take(call: KeyedCall): { saved: SavedAnswer } | { saved: null; free: () => void };
  save(call: KeyedCall, answer: { requestId: string; status: number; answer: unknown }): void;
};

/**
 * The memory behind idempotency keys: the same call with the same key has its effect once and
 * the same answer every time, for 24 hours.
 *
 * @param seconds the emulator's time
 */
export function createIdempotency(store: Store<State>, seconds: () => number): Idempotency {
  const inUse = new Set<string>();

  return {
    take(call) {
      const { key, endpoint, body } = call;
      const place = placeOf(call);
      if (key.length > LONGEST_KEY) {
        throw invalidRequest(`Idempotency keys can have up to ${LONGEST_KEY} characters.`);
      }
      if (inUse.has(place)) throw keyInUse(key);

      const saved = store.state.idempotency[place];
      if (saved && saved.savedAt > seconds() - KEPT_SECONDS) {
        if (saved.endpoint !== endpoint || saved.body !== body)
          throw otherCall(key, saved, endpoint);
        return { saved };
      }
      inUse.add(place);
      return { saved: null, free: () => void inUse.delete(place) };
    },
    save(call, answer) {
      const { endpoint, body } = call;
      store.state.idempotency[placeOf(call)] = { endpoint, body, ...answer, savedAt: seconds() };
      store.changed();
    },
  };
}

function placeOf({ account, key }: KeyedCall): string {
  return account ? `${account}:${key}` : key;
}

function keyInUse(key: string): StripeFailure {
  return new StripeFailure(409, {
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
}

function otherCall(key: string, saved: SavedAnswer, endpoint: string): StripeFailure {
  const message =
    saved.endpoint === endpoint
      ? `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
      : `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${saved.endpoint}' vs '${endpoint}'). Try using a key other than '${key}' if you meant to execute a different request.`;
  return new StripeFailure(400, { type: "idempotency_error", message });
}
