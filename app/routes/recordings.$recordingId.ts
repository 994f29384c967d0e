import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { watchRecording } from "~/features/recordings/recordings.server";
import { requireSignedIn } from "~/lib/auth.server";
import { parseParams } from "~/lib/params.server";

const ParamsSchema = z.object({ recordingId: z.uuid() });

/** Leads the parties of a session to its recording. Nothing keeps where: the address is the key. */
export async function loader(args: LoaderFunctionArgs) {
  const { recordingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const address = await watchRecording(db, recordingId);
  if (!address) throw new Response("Not found", { status: 404 });
  return redirect(address, { headers: { "Cache-Control": "no-store" } });
}
