import { createId, createSecret } from "./ids.ts";
import type { Caller, Instance } from "./instance.ts";
import type { Client } from "./model.ts";
import { activeSessions, endSession } from "./sessions.ts";

/** Makes a browser that is not stored yet: one whose first request is refused leaves nothing behind. */
export function buildClient(instance: Instance): Client {
  const now = instance.clock.now();
  return {
    id: createId("client"),
    rotatingToken: createSecret(),
    trustedUserIds: [],
    signInId: null,
    signUpId: null,
    lastActiveSessionId: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Stores a browser; harmless when it is stored already. */
export function keepClient(instance: Instance, client: Client): void {
  instance.state.clients[client.id] = client;
  instance.changed();
}

/** Signs the browser out. It stays known, so Device Trust does not ask again. */
export function signOut(instance: Instance, client: Client, caller: Caller): void {
  for (const session of activeSessions(instance, client)) {
    endSession(instance, session, "removed", caller);
  }
  Object.assign(client, { signInId: null, signUpId: null, updatedAt: instance.clock.now() });
  instance.changed();
}

/** Signs the browser out and forgets it. */
export function removeClient(instance: Instance, client: Client, caller: Caller): void {
  signOut(instance, client, caller);
  delete instance.state.clients[client.id];
  instance.changed();
}
