import { localDay } from "~/lib/format-date";

type Dated = { createdAt: string };

/**
 * Puts messages, and what happened, under the days on which they were written, for the reader.
 *
 * @param messages oldest first
 * @param timeZone the reader's IANA zone
 * @returns the days (YYYY-MM-DD) that have a message, in order
 */
export function groupMessages<Message extends Dated>(
  messages: Message[],
  timeZone: string,
): { day: string; messages: Message[] }[] {
  const days: { day: string; messages: Message[] }[] = [];
  for (const message of messages) {
    const day = localDay(message.createdAt, timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.messages.push(message);
    else days.push({ day, messages: [message] });
  }
  return days;
}
