import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { deleteMessage } from "~/features/messages/messages.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { conversationPath } from "~/lib/paths";

const ParamsSchema = z.object({ conversationId: z.uuid(), messageId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { conversationId, messageId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const deleted = await deleteMessage(db, messageId);
  // Deleted already: a form sent twice.
  if (deleted.ok || deleted.error.code === "MSDEL")
    return redirect(conversationPath(conversationId));
  if (deleted.error.code === "MSNON") throw new Response("Not found", { status: 404 });
  return redirectWithFlash(conversationPath(conversationId), {
    kind: "error",
    title: deleted.error.message,
  });
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader({ params }: LoaderFunctionArgs) {
  const { conversationId } = parseParams(params, ParamsSchema);
  return redirect(conversationPath(conversationId));
}
