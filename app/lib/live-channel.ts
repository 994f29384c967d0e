import { createBrowserClient } from "@supabase/ssr";
import { REALTIME_SUBSCRIBE_STATES } from "@supabase/supabase-js";

import { getRealtimeToken } from "./realtime-token";

/** The project as browsers may know it. */
export type Project = { url: string; publishableKey: string };

type Handlers<Payload> = {
  /** Something happened: numbers and ids. Words are read under the reader's own rights. */
  onEvent: (payload: Payload) => void;
  /** The connection stands, for the first time or again: what came meanwhile must be read. */
  onLive?: () => void;
  /** It broke, and is being tried again. */
  onLost?: () => void;
};

/**
 * Listens to a private channel. All of a page share one connection.
 *
 * @param project where
 * @param topic which channel: `conversation:<id>` or `person:<profile id>`
 * @param event what of it
 * @param handlers told what happens
 * @returns a function that stops listening
 */
export async function listenTo<Payload extends Record<string, unknown>>(
  project: Project,
  topic: string,
  event: string,
  handlers: Handlers<Payload>,
): Promise<() => void> {
  const client = createBrowserClient(project.url, project.publishableKey, {
    accessToken: getRealtimeToken,
  });
  // Without it the first join would go out with the publishable key, and be refused.
  await client.realtime.setAuth();

  const channel = client
    .channel(topic, { config: { private: true } })
    .on<Payload>("broadcast", { event }, ({ payload }) => handlers.onEvent(payload))
    .subscribe((status) => {
      if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) handlers.onLive?.();
      else handlers.onLost?.();
    });

  return () => void client.removeChannel(channel);
}
