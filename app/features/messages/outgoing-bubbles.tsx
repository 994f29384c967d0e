import { MessageBubble } from "~/components/message-bubble";
import { Button } from "~/components/ui/button";

import { OutgoingFileList } from "./attachment-list";
import type { OutgoingMessage } from "./outbox";

type OutgoingBubblesProps = {
  messages: OutgoingMessage[];
  onRetry: (id: string) => void;
  onDrop: (id: string) => void;
};

/** Messages that were written here and are on their way, or did not get through. */
export function OutgoingBubbles({ messages, onRetry, onDrop }: OutgoingBubblesProps) {
  return messages.map((message) => (
    <MessageBubble
      key={message.id}
      author="You"
      mine
      body={message.body}
      files={message.files.length > 0 ? <OutgoingFileList files={message.files} /> : null}
      pending={message.state !== "failed"}
      at={
        message.state === "failed" ? (
          <span className="flex flex-wrap items-center justify-end gap-x-3">
            <span className="font-medium text-destructive">{message.error}</span>
            <Button variant="link" size="sm" onClick={() => onRetry(message.id)}>
              Send again
            </Button>
            <Button variant="link" size="sm" onClick={() => onDrop(message.id)}>
              Remove
            </Button>
          </span>
        ) : null
      }
    />
  ));
}
