import { env } from "../../_shared/env.ts";

/**
 * Where the reader of a mail chooses what comes, and stops such mails at once.
 * @param token unsubscribe_token of the mail; null when it has to come
 */
export function choicesOf(token: string | null) {
  return {
    changeHref: `${env.APP_ORIGIN}/settings/notifications`,
    unsubscribeHref: token && `${env.APP_ORIGIN}/unsubscribe/${token}`,
  };
}

/**
 * The headers with which a mail program offers to stop such mails in one click, without opening the page
 * (RFC 2369 §3.2, RFC 8058 §3.1); none for what has to come.
 * @param token as for choicesOf
 */
export function unsubscribeHeaders(token: string | null): Record<string, string> {
  const { unsubscribeHref } = choicesOf(token);
  if (!unsubscribeHref) return {};
  return {
    "List-Unsubscribe": `<${unsubscribeHref}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}
