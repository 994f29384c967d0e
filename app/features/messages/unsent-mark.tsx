import { useOutgoing } from "./use-outbox";

/** In the list of threads: that something of the reader's did not get through. Its words are in the thread. */
export function UnsentMark({ conversationId }: { conversationId: string }) {
  const outgoing = useOutgoing(conversationId);
  if (!outgoing.some(({ state }) => state === "failed")) return null;
  return <span className="block text-[0.8125rem] font-medium text-destructive">Not sent</span>;
}
