import type { TokenVerifier } from "../tokens.ts";
import type { Authorizer } from "./authorization.ts";
import type { Rooms } from "./rooms.ts";
import type { Timers } from "./timers.ts";

/** What every connection and request of the server shares. */
export type Context = {
  authorizer: Authorizer;
  rooms: Rooms;
  timers: Timers;
  verifyToken: TokenVerifier;
  /** Tells the developer what a client is not told, such as a policy that fails. */
  report(what: string, error: unknown): void;
};
