/** A file that came with a message; the content is base64. */
export type Attachment = {
  id: string;
  filename: string;
  content_type: string;
  content: string;
};

/** A message as it was handed in, kept for the inbox. */
export type Message = {
  id: string;
  /** ISO 8601, UTC. */
  created_at: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  reply_to: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  tags: { name: string; value: string }[];
  attachments: Attachment[];
};

export type MailState = {
  /** Oldest first. */
  messages: Message[];
  /** What was sent under an idempotency key: the body, its message, and when (milliseconds). */
  keys: Record<string, { body: string; messageId: string; at: number }>;
};

/** The state of a first start. */
export function emptyState(): MailState {
  return { messages: [], keys: {} };
}

/** The bare address of `Name <name@example.com>`, in lower case. */
export function bareAddress(address: string): string {
  return (/<([^>]+)>$/.exec(address.trim())?.[1] ?? address).trim().toLowerCase();
}

/** Messages to this address, openly or as a copy, or all of them. Newest first. */
export function messagesTo(state: MailState, address?: string): Message[] {
  const newestFirst = state.messages.toReversed();
  if (!address) return newestFirst;
  const wanted = bareAddress(address);
  return newestFirst.filter(({ to, cc, bcc }) =>
    [...to, ...cc, ...bcc].some((recipient) => bareAddress(recipient) === wanted),
  );
}
