import { Link } from "@remix-run/react";
import MailX from "lucide-react/icons/mail-x";

import { sentMailsPath } from "~/lib/paths";

/** Why nothing is mailed to the reader: a mail came back, or they called one spam. */
export type MailStop = "bounce" | "complaint";

const WORDS = {
  bounce: "Mail to your address came back, so we mail you nothing more.",
  complaint: "You marked a mail of ours as spam, so we mail you only what we have to.",
};

/** On top of every page of somebody whom mail does not reach, until they do something about it. */
export function MailStoppedBanner({ reason }: { reason: MailStop }) {
  return (
    <aside aria-label="Your mail" className="border-b bg-card">
      <p className="mx-auto flex w-full max-w-page flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3 sm:px-8">
        <MailX aria-hidden className="size-5 shrink-0 text-destructive" />
        <span>{WORDS[reason]}</span>
        <Link to={sentMailsPath()} className="font-semibold underline underline-offset-4">
          See what to do
        </Link>
      </p>
    </aside>
  );
}
