import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { acceptRequest } from "~/features/bookings/requests.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const done = await acceptRequest(db, bookingId);
  if (!done.ok && done.error.code === "OBNFD") throw new Response("Not found", { status: 404 });
  return redirectWithFlash(
    bookingPath(bookingId),
    done.ok
      ? {
          kind: "success",
          title: "The session is confirmed.",
          description: "Both of you get a mail with a file for the calendar.",
        }
      : { kind: "error", title: done.error.message },
  );
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader({ params }: LoaderFunctionArgs) {
  const { bookingId } = parseParams(params, ParamsSchema);
  return redirect(bookingPath(bookingId));
}
