import { z } from "zod";

import type { JsonObject } from "./frames.ts";
import { Refusal } from "./refusal.ts";

// realtime-js writes null or leaves out what the caller did not set.
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const JoinPayloadSchema = z.object({
  access_token: z.string().nullish(),
  config: z
    .object({
      private: flag,
      broadcast: z.object({ self: flag, ack: flag, replay: z.unknown() }).partial().nullish(),
      presence: z.object({ key: z.string().nullish(), enabled: flag }).partial().nullish(),
      postgres_changes: z.array(z.unknown()).nullish(),
    })
    .partial()
    .nullish(),
});

/** What a client asks for when it joins a topic. */
export type JoinRequest = {
  accessToken: string | null;
  isPrivate: boolean;
  /** The sender receives its own broadcasts. */
  receivesOwn: boolean;
  /** Each broadcast of theirs is answered. */
  wantsAck: boolean;
  presenceEnabled: boolean;
  /** Under which name their presence is shown; connections with the same key are grouped. */
  presenceKey: string;
};

/**
 * Reads the payload of phx_join.
 *
 * @throws Refusal for what is malformed, and for the parts of Supabase Realtime that are not served
 *   here: better a join that fails at once than changes that never arrive
 */
export function readJoinRequest(payload: JsonObject): JoinRequest {
  const parsed = JoinPayloadSchema.safeParse(payload);
  if (!parsed.success) throw new Refusal("InvalidJoinPayload", z.prettifyError(parsed.error));

  const { config, access_token: accessToken } = parsed.data;
  if (config?.postgres_changes?.length) {
    throw new Refusal("NotServedLocally", "Use realtime.broadcast_changes, not postgres_changes");
  }
  if (config?.broadcast?.replay) {
    throw new Refusal("NotServedLocally", "Messages are not replayed: read the rows instead");
  }

  return {
    accessToken: accessToken ?? null,
    isPrivate: config?.private ?? false,
    receivesOwn: config?.broadcast?.self ?? false,
    wantsAck: config?.broadcast?.ack ?? false,
    presenceEnabled: config?.presence?.enabled ?? false,
    presenceKey: config?.presence?.key || crypto.randomUUID(),
  };
}
