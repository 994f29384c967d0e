import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { findAttachmentAddress } from "~/features/messages/attachments.server";
import { requireSignedIn } from "~/lib/auth.server";
import { parseParams } from "~/lib/params.server";

const ParamsSchema = z.object({ conversationId: z.uuid(), attachmentId: z.uuid() });

/** Leads the two parties of a conversation to a file of it. Nothing keeps where: the address is the key. */
export async function loader(args: LoaderFunctionArgs) {
  const params = parseParams(args.params, ParamsSchema);
  const isPreview = new URL(args.request.url).searchParams.has("preview");
  const { db } = await requireSignedIn(args);

  const address = await findAttachmentAddress(db, { ...params, isPreview });
  if (!address) throw new Response("Not found", { status: 404 });
  return redirect(address, { headers: { "Cache-Control": "no-store" } });
}
