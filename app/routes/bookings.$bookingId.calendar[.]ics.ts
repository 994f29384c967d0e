import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { sessionFile } from "~/features/calendars/calendar-files.server";
import { findCalendarSession } from "~/features/calendars/calendars.server";
import { requireSignedIn } from "~/lib/auth.server";
import { parseParams } from "~/lib/params.server";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const session = await findCalendarSession(db, bookingId);
  if (session?.status !== "confirmed") throw new Response("Not found", { status: 404 });

  return new Response(sessionFile(session), {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8; method=PUBLISH",
      "Content-Disposition": 'attachment; filename="session.ics"',
    },
  });
}
