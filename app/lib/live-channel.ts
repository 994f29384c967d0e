import { createBrowserClient } from "@supabase/ssr";
import {
  REALTIME_SUBSCRIBE_STATES,
  type RealtimeChannel,
  type SupabaseClient,
} from "@supabase/supabase-js";

import { getRealtimeToken, realtimeTokenStaleAt } from "./realtime-token";

/** The project as browsers may know it. */
export type Project = { url: string; publishableKey: string };

/** What a channel tells: numbers and ids, which anybody may have put there who may signal in it. */
type Payload = Record<string, unknown>;

type Handlers = {
  /** What to do when something happened, by its name. Words are read under the reader's own rights. */
  events: Record<string, (payload: Payload) => void>;
  /** Who is there, where that is shown: left out, one is not there oneself, either. */
  presence?: {
    /** The reader's own id: one person in several tabs is one. */
    key: string;
    /** The keys of all who are there, whenever that changes. As anybody says who may signal. */
    onChange: (keys: string[]) => void;
  };
  /** The connection stands, for the first time or again: what came meanwhile must be read. */
  onLive?: () => void;
  /** It broke, and is being tried again: who is there nobody knows. */
  onLost?: () => void;
};

/** A channel that is listened to. What is said while it does not stand is not said later. */
export type LiveChannel = {
  /** Tells the others, not oneself. */
  tell: (event: string, payload: Payload) => void;
  /** Whether the reader is there for the others to see, from the beginning or from now on. */
  bePresent: (isPresent: boolean) => void;
  stop: () => void;
};

/**
 * How often the connection is tried. One that died without a word, as of a laptop that slept, is found
 * after two of these: sooner than by supabase-js's own 25 seconds, since a page says meanwhile that it is live.
 */
const HEARTBEAT_MS = 10_000;
/** Between attempts to open a channel that the server ended, the last one for all that follow. */
const AGAIN_AFTER_MS = [500, 1_000, 2_000, 5_000, 10_000];
/** Between attempts to get a token. */
const TOKEN_AGAIN_MS = 2_000;

/**
 * Listens to a private channel, for as long as the page wants, whatever breaks meanwhile. All of a page
 * share one connection, which supabase-js opens again; a channel that the server ended, as it does when a
 * token runs out or the rights to it are gone, is opened again here.
 *
 * @param project where
 * @param topic which channel: `conversation:<id>` or `person:<profile id>`
 * @param handlers told what happens
 * @returns the channel
 */
export function listenTo(project: Project, topic: string, handlers: Handlers): LiveChannel {
  const client = createBrowserClient(project.url, project.publishableKey, {
    accessToken: getRealtimeToken,
    realtime: { heartbeatIntervalMs: HEARTBEAT_MS },
  });
  let isOver = false;
  let ended = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let leave = () => {};
  let standing: RealtimeChannel | null = null;
  let isPresent = false;

  async function open() {
    // Without it the join would go out with the publishable key or an old token, and be refused.
    await client.realtime.setAuth();
    if (isOver) return;
    const { presence } = handlers;
    const channel = client.channel(topic, {
      config: { private: true, ...(presence && { presence: { key: presence.key } }) },
    });
    if (presence) {
      channel.on("presence", { event: "sync" }, () =>
        presence.onChange(Object.keys(channel.presenceState())),
      );
    }
    for (const [event, onEvent] of Object.entries(handlers.events)) {
      channel.on<Payload>("broadcast", { event }, ({ payload }) => onEvent(payload));
    }
    channel.subscribe((status) => onStatus(status, channel));
    leave = () => void client.removeChannel(channel);
    renewInTime(client);
  }

  function onStatus(status: REALTIME_SUBSCRIBE_STATES, channel: RealtimeChannel) {
    if (isOver) return;
    if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) {
      ended = 0;
      standing = channel;
      if (isPresent) void channel.track({});
      return handlers.onLive?.();
    }
    standing = null;
    handlers.onLost?.();
    if (status !== REALTIME_SUBSCRIBE_STATES.CLOSED) return; // supabase-js tries again by itself
    again = setTimeout(() => void open(), AGAIN_AFTER_MS.at(ended) ?? AGAIN_AFTER_MS.at(-1));
    ended += 1;
  }

  void open();
  return {
    tell(event, payload) {
      // Otherwise supabase-js would send it by another way, later than it is true.
      if (client.realtime.isConnected()) {
        void standing?.send({ type: "broadcast", event, payload });
      }
    },
    bePresent(isNow) {
      if (isPresent === isNow) return;
      isPresent = isNow;
      void (isPresent ? standing?.track({}) : standing?.untrack());
    },
    stop() {
      isOver = true;
      clearTimeout(again);
      leave();
    },
  };
}

let renewal: ReturnType<typeof setTimeout> | undefined;

/**
 * Gives the server a newer token before the one that it has runs out, as long as somebody listens: it
 * ends a channel at that moment, and supabase-js asks for a newer one with its heartbeat only.
 */
function renewInTime(client: SupabaseClient) {
  clearTimeout(renewal);
  const staleAt = realtimeTokenStaleAt();
  if (staleAt === null) return; // signed out: whoever is refused asks again
  renewal = setTimeout(
    () => {
      if (client.getChannels().length === 0) return;
      void client.realtime.setAuth().then(() => renewInTime(client));
    },
    Math.max(staleAt - Date.now(), TOKEN_AGAIN_MS),
  );
}
