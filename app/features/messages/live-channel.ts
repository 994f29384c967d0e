import { createBrowserClient } from "@supabase/ssr";
import { REALTIME_SUBSCRIBE_STATES } from "@supabase/supabase-js";

import { getRealtimeToken } from "./realtime-token";

/** The project as browsers may know it. */
export type Project = { url: string; publishableKey: string };

type Handlers = {
  /** Somebody wrote: the number of the message. Its words are read under the reader's own rights. */
  onMessage: (seq: number) => void;
  /** The connection stands, for the first time or again: what came meanwhile must be read. */
  onLive: () => void;
  /** It broke, and is being tried again. */
  onLost: () => void;
};

/**
 * Listens to a thread's private channel.
 *
 * @param project where
 * @param conversationId which thread
 * @param handlers told what happens
 * @returns a function that stops listening
 */
export async function listenTo(
  project: Project,
  conversationId: string,
  handlers: Handlers,
): Promise<() => void> {
  const client = createBrowserClient(project.url, project.publishableKey, {
    accessToken: getRealtimeToken,
  });
  // Without it the first join would go out with the publishable key, and be refused.
  await client.realtime.setAuth();

  const channel = client
    .channel(`conversation:${conversationId}`, { config: { private: true } })
    .on<{ seq: number }>("broadcast", { event: "message" }, ({ payload }) =>
      handlers.onMessage(payload.seq),
    )
    .subscribe((status) => {
      if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) handlers.onLive();
      else handlers.onLost();
    });

  return () => void client.removeChannel(channel);
}
