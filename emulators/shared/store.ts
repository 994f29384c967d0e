import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** An emulator's whole state: one plain object, kept across restarts when it has a file. */
export type Store<State> = {
  /** Change it in place, then call `changed`. */
  readonly state: State;
  /** Says that the state was changed; it is written soon after, many changes at once. */
  changed(): void;
  /** Back to the beginning. */
  reset(): void;
  /** Writes what is not written yet; call it before stopping. */
  flush(): void;
};

type StoreOptions<State> = {
  /** Makes the state of the first start. Must be plain JSON. */
  initial: () => State;
  /** JSON file; without it nothing is kept. */
  snapshotPath?: string;
};

const SAVE_DELAY_MILLISECONDS = 300;

/**
 * Opens an emulator's state. A snapshot that can't be read, or lacks a part that today's state has,
 * is filled from `initial`: a developer's old file must not stop the stack.
 */
export function createStore<State extends object>(options: StoreOptions<State>): Store<State> {
  let state = load(options);
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    if (!timer || !options.snapshotPath) return;
    clearTimeout(timer);
    timer = undefined;
    write(options.snapshotPath, state);
  }

  function changed(): void {
    if (!options.snapshotPath) return;
    timer ??= setTimeout(flush, SAVE_DELAY_MILLISECONDS).unref();
  }

  return {
    get state() {
      return state;
    },
    changed,
    flush,
    reset() {
      state = options.initial();
      changed();
    },
  };
}

function load<State extends object>({ initial, snapshotPath }: StoreOptions<State>): State {
  const state = initial();
  if (!snapshotPath) return state;
  try {
    return Object.assign(state, JSON.parse(readFileSync(snapshotPath, "utf8")) as Partial<State>);
  } catch {
    return state; // first start, or a file cut short by a power failure
  }
}

function write(path: string, state: object): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.writing`;
  writeFileSync(temporary, JSON.stringify(state), { mode: 0o600 });
  renameSync(temporary, path); // all or nothing: a kill in between leaves the old file
}
