import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { releaseHold } from "~/features/bookings/bookings.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { bookingCheckoutPath, bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const released = await releaseHold(db, bookingId);
  if (!released.ok) throw new Response("Not found", { status: released.error.status });

  return redirectWithFlash(bookingPath(bookingId), {
    kind: "info",
    title: "You let the time go.",
    description: "Nothing was charged.",
  });
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader({ params }: LoaderFunctionArgs) {
  const { bookingId } = parseParams(params, ParamsSchema);
  return redirect(bookingCheckoutPath(bookingId));
}
