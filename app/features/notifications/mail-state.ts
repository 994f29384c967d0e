type MailTimes = {
  delivered_at: string | null;
  delayed_at: string | null;
  bounced_at: string | null;
  complained_at: string | null;
  failure: string | null;
};

/**
 * What became of a mail, in the words of the page that lists them. What was told last is not what counts:
 * a complaint comes after the delivery, and news of a delay may come after both.
 *
 * @param mail when which was told of it, ISO 8601
 */
export function mailState(mail: MailTimes): string {
  if (mail.complained_at) return "You marked it as spam";
  if (mail.failure === "Unknown")
    return "Something went wrong on our side: it may not have reached you";
  if (mail.bounced_at || mail.failure) return "It could not be delivered";
  if (mail.delivered_at) return "Delivered";
  return mail.delayed_at ? "Delayed: your mail server does not take it yet" : "Sent";
}
