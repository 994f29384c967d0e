import type { Store } from "../shared/store.ts";
import { noSuch } from "./api/failure.ts";

/** The answer to a call that carried an idempotency key. */
export type SavedAnswer = {
  /** Method and path, and the body, of the first call with this key. */
  endpoint: string;
  body: string;
  requestId: string;
  status: number;
  answer: unknown;
  /** Seconds since 1970. */
  savedAt: number;
};

/** Everything the emulator keeps; plain JSON. */
export type State = {
  /** By kind (`refund`), then id. The order within a kind is the order of creation. */
  records: Record<string, Record<string, { id: string }>>;
  idempotency: Record<string, SavedAnswer>;
};

/** The objects of one kind. */
export type Records<Item extends { id: string }> = {
  add(item: Item): Item;
  find(id: string): Item | undefined;
  /**
   * @param param the parameter that named the object, when it wasn't the path
   * @throws StripeFailure resource_missing
   */
  get(id: string, param?: string): Item;
  /** Changes some of an object's fields and returns it. */
  update(id: string, changes: Partial<Item>): Item;
  /** Newest first, as Stripe lists. */
  all(): Item[];
};

/** The state of the first start. */
export function initialState(): State {
  return { records: {}, idempotency: {} };
}

/**
 * Opens the objects of one kind.
 *
 * @param kind the `object` of the API (`payment_intent`); a name of our own for what the API hides
 */
export function openRecords<Item extends { id: string }>(
  store: Store<State>,
  kind: string,
): Records<Item> {
  // Asked every time: a reset replaces the whole state. The kind is what vouches for the type.
  function items(): Record<string, Item> {
    return (store.state.records[kind] ??= {}) as Record<string, Item>;
  }

  function get(id: string, param?: string): Item {
    const item = Object.hasOwn(items(), id) ? items()[id] : undefined;
    if (!item) throw noSuch(kind, id, param);
    return item;
  }

  return {
    get,
    find: (id) => (Object.hasOwn(items(), id) ? items()[id] : undefined),
    add(item) {
      items()[item.id] = item;
      store.changed();
      return item;
    },
    update(id, changes) {
      const item = Object.assign(get(id), changes);
      store.changed();
      return item;
    },
    all: () => Object.values(items()).reverse(),
  };
}

/**
 * Any object of the API by its id, for `expand`.
 *
 * @returns null when there is none
 */
export function findObject(state: State, id: string): object | null {
  for (const items of Object.values(state.records)) {
    const item = Object.hasOwn(items, id) ? items[id] : undefined;
    // What the API hides carries no `object`.
    if (item && "object" in item) return item;
  }
  return null;
}
