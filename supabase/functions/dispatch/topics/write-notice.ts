import { NotificationSchema } from "../mail/notification.ts";
import { wordsOf } from "../mail/words.ts";

/** What a notice in the app says and where it leads: the subject and the button of its mail. */
export function writeNotice(input: unknown): Promise<object> {
  const { subject, action } = wordsOf(NotificationSchema.parse(input));
  return Promise.resolve({ sentence: subject, path: action.path });
}
