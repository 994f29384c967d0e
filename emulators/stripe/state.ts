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

/** By kind (`refund`), then id. The order within a kind is the order of creation. */
type Kinds = Record<string, Record<string, { id: string }>>;

/** Everything the emulator keeps; plain JSON. */
export type State = {
  /** The platform's own objects. */
  records: Kinds;
  /** Those of connected accounts, by account. */
  accounts: Record<string, Kinds>;
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
  remove(id: string): void;
  /** Newest first, as Stripe lists. */
  all(): Item[];
};

/** The state of the first start. */
export function initialState(): State {
  return { records: {}, accounts: {}, idempotency: {} };
}

/**
 * Opens the objects of one kind.
 *
 * @param account whose they are; null for the platform's
 * @param kind the `object` of the API (`payment_intent`); a name of our own for what the API hides
 */
export function openRecords<Item extends { id: string }>(
  store: Store<State>,
  account: string | null,
  kind: string,
): Records<Item> {
  // Asked every time: a reset replaces the whole state. The kind is what vouches for the type.
  function items(): Record<string, Item> {
    return (kindsOf(store.state, account)[kind] ??= {}) as Record<string, Item>;
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
    remove(id) {
      delete items()[get(id).id];
      store.changed();
    },
    all: () => Object.values(items()).reverse(),
  };
}

function kindsOf(state: State, account: string | null): Kinds {
  return account === null ? state.records : (state.accounts[account] ??= {});
}

/**
 * Any object of the API by its id, for `expand`.
 *
 * @returns null when there is none
 */
export function findObject(state: State, account: string | null, id: string): object | null {
  for (const items of Object.values(kindsOf(state, account))) {
    const item = Object.hasOwn(items, id) ? items[id] : undefined;
    // What the API hides carries no `object`.
    if (item && "object" in item) return item;
  }
  return null;
}
