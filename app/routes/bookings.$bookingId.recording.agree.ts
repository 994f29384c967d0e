import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { agreeToRecording } from "~/features/recordings/recordings.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

// What is no version is refused like one that is not current: there is no version 0.
const ConsentSchema = z.object({ termsVersion: z.coerce.number().pipe(z.int32()).catch(0) });

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const form = await args.request.formData();
  const { db } = await requireSignedIn(args);

  const consent = ConsentSchema.parse({ termsVersion: form.get("termsVersion") });
  const agreed = await agreeToRecording(db, { bookingId, ...consent });
  if (!agreed.ok && agreed.error.code === "OBNFD") throw new Response("Not found", { status: 404 });
  return redirectWithFlash(
    bookingPath(bookingId),
    agreed.ok
      ? { kind: "success", title: "You agreed to a recording." }
      : { kind: "error", title: agreed.error.message },
  );
}

// Somebody who opens the address itself, or comes back to it from sign-in.
export function loader({ params }: LoaderFunctionArgs) {
  const { bookingId } = parseParams(params, ParamsSchema);
  return redirect(bookingPath(bookingId));
}
