import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { blockConversation } from "~/features/messages/conversations.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { conversationPath } from "~/lib/paths";

const ParamsSchema = z.object({ conversationId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { conversationId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const done = await blockConversation(db, conversationId);
  if (!done.ok && done.error.code === "MSNFD") throw new Response("Not found", { status: 404 });
  return redirectWithFlash(
    conversationPath(conversationId),
    done.ok
      ? {
          kind: "success",
          title: "Blocked.",
          description:
            "Neither of you can write in it until you unblock it. Sessions are not touched.",
        }
      : { kind: "error", title: done.error.message },
  );
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader({ params }: LoaderFunctionArgs) {
  const { conversationId } = parseParams(params, ParamsSchema);
  return redirect(conversationPath(conversationId));
}
