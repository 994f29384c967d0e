import { Link } from "@remix-run/react";

import { messagesPath, searchMessagesPath } from "~/lib/paths";

/** All threads, or those in which the other waits for the reader's answer; and the way to search in them. */
export function InboxFilter({ isWaiting }: { isWaiting: boolean }) {
  const choices = [
    { label: "All", to: messagesPath(), isCurrent: !isWaiting },
    { label: "Waiting for you", to: messagesPath(1, { isWaiting: true }), isCurrent: isWaiting },
  ];
  return (
    <nav aria-label="Which conversations" className="flex gap-1 border-b px-2">
      {choices.map(({ label, to, isCurrent }) => (
        <Link
          key={label}
          to={to}
          aria-current={isCurrent ? "page" : undefined}
          className="flex min-h-11 items-center border-b-2 border-transparent px-2 text-[0.9375rem] hover:underline aria-[current=page]:border-lamp aria-[current=page]:font-semibold"
        >
          {label}
        </Link>
      ))}
      <Link
        to={searchMessagesPath()}
        className="ml-auto flex min-h-11 items-center px-2 text-[0.9375rem] hover:underline"
      >
        Search
      </Link>
    </nav>
  );
}
