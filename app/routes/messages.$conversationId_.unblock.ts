import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { unblockConversation } from "~/features/messages/conversations.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { conversationPath } from "~/lib/paths";

const ParamsSchema = z.object({ conversationId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { conversationId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const done = await unblockConversation(db, conversationId);
  if (!done.ok && done.error.code === "MSNFD") throw new Response("Not found", { status: 404 });
  return redirectWithFlash(
    conversationPath(conversationId),
    done.ok
      ? {
          kind: "success",
          title: "You have unblocked this conversation.",
        }
      : { kind: "error", title: done.error.message },
  );
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader({ params }: LoaderFunctionArgs) {
  const { conversationId } = parseParams(params, ParamsSchema);
  return redirect(conversationPath(conversationId));
}
