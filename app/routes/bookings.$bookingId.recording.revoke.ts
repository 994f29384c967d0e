import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { revokeRecording } from "~/features/recordings/recordings.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const revoked = await revokeRecording(db, bookingId);
  if (!revoked.ok && revoked.error.code === "OBNFD") {
    throw new Response("Not found", { status: 404 });
  }
  return redirectWithFlash(
    bookingPath(bookingId),
    revoked.ok
      ? { kind: "success", title: "You took it back.", description: "Nothing is recorded." }
      : { kind: "error", title: revoked.error.message },
  );
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader({ params }: LoaderFunctionArgs) {
  const { bookingId } = parseParams(params, ParamsSchema);
  return redirect(bookingPath(bookingId));
}
