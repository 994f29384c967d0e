import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { readNotice } from "~/features/notifications/notifications.server";
import { requireSignedIn } from "~/lib/auth.server";
import { parseParams } from "~/lib/params.server";

const ParamsSchema = z.object({ notificationId: z.uuid() });

/** Notes that a notice was read and leads to what it is about. */
export async function loader(args: LoaderFunctionArgs) {
  const { notificationId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);
  const path = await readNotice(db, notificationId);
  if (!path.ok) throw new Response("Not found", { status: 404 });
  return redirect(path.value);
}
