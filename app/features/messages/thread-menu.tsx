import { Form, Link } from "@remix-run/react";
import Ellipsis from "lucide-react/icons/ellipsis";

import { Menu } from "~/components/menu";
import { SubmitButton } from "~/components/submit-button";
import { blockConversationPath, reportConversationPath } from "~/lib/paths";

type ThreadMenuProps = { conversationId: string; name: string; isBlocked: boolean };

/** What a party can do against the other. */
export function ThreadMenu({ conversationId, name, isBlocked }: ThreadMenuProps) {
  return (
    <Menu
      className="relative"
      triggerClassName="size-11 justify-center"
      panelClassName="absolute right-0 top-12 z-10 w-64 space-y-1 rounded-lg border bg-card p-2 shadow-lg"
      trigger={
        <>
          <Ellipsis aria-hidden className="size-5" />
          <span className="sr-only">More about this conversation</span>
        </>
      }
    >
      <Link
        to={reportConversationPath(conversationId)}
        className="flex min-h-11 items-center rounded-md px-3 hover:bg-accent"
      >
        Report this conversation
      </Link>
      {isBlocked ? null : (
        <Form method="post" action={blockConversationPath(conversationId)}>
          <SubmitButton
            variant="ghost"
            className="w-full justify-start px-3 font-normal"
            pendingLabel="Blocking…"
          >
            Block {name}
          </SubmitButton>
        </Form>
      )}
    </Menu>
  );
}
