import type { Store } from "../shared/store.ts";
import type { Emulator } from "./emulator.ts";
import { createEvent } from "./resources/events.ts";
import { listensTo } from "./resources/webhook-endpoints.ts";
import { openRecords, type State } from "./state.ts";

type EmulatorParts = Omit<Emulator, "account" | "actingFor" | "records" | "emit"> & {
  store: Store<State>;
  /** Called for every event, after it was kept. */
  tell: (event: ReturnType<typeof createEvent>) => void;
};

/** Makes what resources and pages work with; it begins as the platform. */
export function createEmulator({ store, tell, ...parts }: EmulatorParts): Emulator {
  return actingFor(null);

  function actingFor(account: string | null): Emulator {
    const emulator: Emulator = {
      ...parts,
      account,
      actingFor,
      records: (kind) => openRecords(store, account, kind),
      emit(type, object, previous) {
        const about = account ? { type, account } : { type };
        const receivers = parts.webhookTargets.filter((target) => listensTo(target, about)).length;
        tell(createEvent(emulator, type, object, previous, receivers));
      },
    };
    return emulator;
  }
}
