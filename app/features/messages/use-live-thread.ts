import { useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import type { LiveChannel, Project } from "~/lib/live-channel";

import { createSignalPace } from "./signal-pace";
import { shownEvents, type FoundEvents, type ThreadEvent } from "./thread-event";
import { createThreadFeed } from "./thread-feed";
import { laterReading, mergeMessages, type Reading, type ThreadMessage } from "./thread-message";
import { createTypingSigns, NOT_TYPING } from "./typing";
import { useTyping } from "./use-typing";

/** After this many failures in a row, a minute after the first, we wait for the next signal. */
const MOST_RETRIES = 5;

type PageThread = {
  viewerId: string;
  closedBecause: string | null;
  messages: ThreadMessage[];
  events: ThreadEvent[];
  reading: Reading | null;
  project: Project;
};

/**
 * Keeps a thread up to date while it is looked at. A signal only makes the browser ask for what
 * changed after what it has, so one that is lost, doubled, late or forged can't put anything wrong there.
 * What is being written is never touched, whatever fails. Where both may write, each is shown to be there while they
 * look at it, and to type.
 *
 * @param conversationId the thread, the same as long as the component lives
 * @param page the thread as it came with the page
 * @param isNewest whether the page shows the newest messages; older ones do not change
 * @returns the thread as it is now; whether new messages appear by themselves, and a function that
 *   looks for them once the page is looked at; whether the other is there and types, and a function to call as the reader does
 */
export function useLiveThread(conversationId: string, page: PageThread, isNewest: boolean) {
  const [arrived, setArrived] = useState<ThreadMessage[]>([]);
  const [reading, setReading] = useState<Reading | null>(null);
  const [happened, setHappened] = useState<FoundEvents | null>(null);
  const [standing, setStanding] = useState<Pick<PageThread, "closedBecause"> | null>(null);
  const [isConnected, setIsConnected] = useState(false);
  const [failures, setFailures] = useState(0);
  const [isOtherHere, setIsOtherHere] = useState(false);
  const { typing, onSign, onWritten, onLost } = useTyping();
  const [channel, setChannel] = useState<LiveChannel | null>(null);
  const { viewerId } = page;
  const [feed] = useState(() =>
    createThreadFeed(conversationId, {
      onFound({ messages, reading, happened, closedBecause }) {
        setStanding({ closedBecause });
        setArrived((before) => [...before, ...messages]);
        setReading(reading);
        if (happened) setHappened(happened);
        setFailures(0);
        if (messages.some((message) => !message.isOwn)) onWritten();
      },
      onFailure: () => setFailures((before) => before + 1),
    }),
  );
  // Of a suspended coach the page has nothing any more, and what arrived before is not to stay on it.
  const isGrowing = isNewest && page.closedBecause !== "suspended";
  const messages = useMemo(
    () => (isGrowing ? mergeMessages(page.messages, arrived) : page.messages),
    [page.messages, arrived, isGrowing],
  );
  useEffect(
    () => feed.knows({ messages: page.messages, reading: page.reading, events: page.events }),
    [feed, page.messages, page.reading, page.events],
  );

  // Looking for new messages marks them as read: a page in the background waits until it is looked at, and an
  // older one does not look.
  const isStale = useRef(false);
  const look = useCallback(() => {
    if (!isNewest) return;
    isStale.current = document.visibilityState === "hidden";
    if (!isStale.current) feed.catchUp();
  }, [feed, isNewest]);

  // One has blocked the other meanwhile, or taken it back: the page is read again, once. Who does it here is on
  // the way to a new one already, which would be broken off.
  const { revalidate } = useRevalidator();
  const isStaying = useNavigation().state === "idle";
  const isOutdated = standing !== null && standing.closedBecause !== page.closedBecause;
  useEffect(() => {
    if (isOutdated && isStaying) revalidate();
  }, [isOutdated, isStaying, revalidate]);

  // A signal that could not be followed is not repeated: we try again, ever more rarely.
  useEffect(() => {
    if (failures === 0 || failures > MOST_RETRIES) return;
    const timer = setTimeout(look, 1_000 * 2 ** failures);
    return () => clearTimeout(timer);
  }, [failures, look]);

  const { url, publishableKey } = page.project; // the object is another one after every reading
  useEffect(() => {
    if (!isNewest) return;
    function lookIfStale() {
      if (isStale.current) look();
    }
    const { heed, stop } = createSignalPace(look, feed.countMisses);
    function lose() {
      setIsConnected(false);
      setIsOtherHere(false);
      onLost();
    }
    document.addEventListener("visibilitychange", lookIfStale);
    window.addEventListener("online", look);

    let opened: LiveChannel | null = null;
    let isOver = false;
    // Loaded here and now: no other page needs it. Without it "Check for new messages" stays.
    import("~/lib/live-channel")
      .then(({ listenTo }) =>
        listenTo({ url, publishableKey }, `conversation:${conversationId}`, {
          events: {
            message: ({ change }) => (feed.lacks({ change }) ? heed() : undefined),
            read: ({ seq }) => (feed.lacks({ readSeq: seq }) ? heed() : undefined),
            activity() {
              feed.expectEvents();
              heed();
            },
            typing: ({ by }) => (by === viewerId ? undefined : onSign()), // in another tab
          },
          presence: {
            key: viewerId,
            onChange: (ids) => setIsOtherHere(ids.some((id) => id !== viewerId)),
          },
          onLive: () => {
            setIsConnected(true);
            feed.expectEvents();
            look();
          },
          onLost: lose,
        }),
      )
      .then((listening) => {
        if (isOver) return listening.stop();
        opened = listening;
        setChannel(listening);
      })
      .catch(lose);

    return () => {
      isOver = true;
      stop();
      document.removeEventListener("visibilitychange", lookIfStale);
      window.removeEventListener("online", look);
      opened?.stop();
      setChannel(null);
      lose(); // as of an older page, which is not told anything
    };
  }, [url, publishableKey, conversationId, isNewest, feed, look, viewerId, onSign, onLost]);

  const isOpen = page.closedBecause === null;
  useEffect(() => {
    function showUp() {
      channel?.bePresent(isOpen && document.visibilityState === "visible");
    }
    showUp();
    document.addEventListener("visibilitychange", showUp);
    return () => document.removeEventListener("visibilitychange", showUp);
  }, [channel, isOpen]);

  const onType = useMemo(
    () => createTypingSigns(() => channel?.tell("typing", { by: viewerId })),
    [channel, viewerId],
  );

  return {
    messages,
    events: shownEvents(page.events, page.messages[0]?.seq ?? 0, happened),
    reading: laterReading(page.reading, reading),
    isLive: isConnected && failures === 0,
    look,
    isOtherHere: isOpen && isOtherHere,
    typing: isOpen ? typing : NOT_TYPING,
    onType,
  };
}
