import { useMemo } from "react";

import { splitLinks } from "~/lib/split-links";

type LinkedTextProps = {
  /** What a person wrote. Nothing in it is interpreted but addresses. */
  text: string;
};

/**
 * Words of somebody else, of which the addresses can be followed. They open beside this page, say nothing of
 * it to the other site, and are recommended to nobody (`ugc`, `nofollow`).
 */
export function LinkedText({ text }: LinkedTextProps) {
  const pieces = useMemo(() => splitLinks(text), [text]); // a thread is drawn anew with each message
  return pieces.map(({ text: words, href }, index) =>
    href === null ? (
      words
    ) : (
      <a
        key={index}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
        className="break-all underline underline-offset-2"
      >
        {words}
      </a>
    ),
  );
}
