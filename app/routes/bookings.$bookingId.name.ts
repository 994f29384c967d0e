import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { showName } from "~/features/groups/groups.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  // Whatever is not a plain yes hides the name.
  const isShown = (await args.request.formData()).get("shown") === "yes";
  const saved = await showName(db, { bookingId, isShown });
  if (!saved.ok) throw new Response("Not found", { status: 404 });
  return redirectWithFlash(bookingPath(bookingId), {
    kind: "success",
    title: isShown ? "The others who agreed see your name." : "Your name is hidden again.",
  });
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader({ params }: LoaderFunctionArgs) {
  const { bookingId } = parseParams(params, ParamsSchema);
  return redirect(bookingPath(bookingId));
}
