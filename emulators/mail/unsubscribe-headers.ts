const ONE_CLICK = "List-Unsubscribe=One-Click";

/**
 * What is wrong with the headers by which a mail program stops such mails in one click: RFC 8058 §3.1 wants
 * both, exactly one HTTPS address, and those very words. Resend itself passes on anything.
 *
 * @param headers of the mail
 * @returns a sentence, or null when they are right or there are none
 */
export function unsubscribeFault(headers: Record<string, string>): string | null {
  const [list, post] = ["list-unsubscribe", "list-unsubscribe-post"].map((wanted) =>
    Object.entries(headers).filter(([name]) => name.toLowerCase() === wanted),
  );
  if (!list?.length && !post?.length) return null;
  if (list?.length !== 1 || post?.length !== 1) {
    return "`List-Unsubscribe` and `List-Unsubscribe-Post` come together, once each.";
  }
  if (post[0]?.[1] !== ONE_CLICK) return `\`List-Unsubscribe-Post\` has to be \`${ONE_CLICK}\`.`;

  const address = /^<([^<>\s,]+)>$/.exec(list[0]?.[1] ?? "")?.[1] ?? "";
  if (!URL.canParse(address)) return "`List-Unsubscribe` has to be one address in angle brackets.";
  const { protocol, hostname } = new URL(address);
  const isLocal = hostname === "localhost" || hostname === "127.0.0.1";
  return protocol === "https:" || isLocal ? null : "`List-Unsubscribe` has to be an HTTPS address.";
}
