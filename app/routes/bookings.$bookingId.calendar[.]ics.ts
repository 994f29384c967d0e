import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";

import { findSession } from "~/features/bookings/bookings.server";
import { calendarFile } from "~/features/bookings/calendar-file.server";
import { requireSignedIn } from "~/lib/auth.server";
import { getEnv } from "~/lib/env.server";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const session = await findSession(db, bookingId);
  if (session?.status !== "confirmed") throw new Response("Not found", { status: 404 });

  const file = calendarFile(
    {
      bookingId,
      title: session.offer_title,
      counterpart: session.counterpart_name,
      startsAt: session.starts_at,
      endsAt: session.ends_at,
    },
    { origin: getEnv().APP_ORIGIN, path: bookingPath(bookingId) },
  );
  return new Response(file, {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8; method=PUBLISH",
      "Content-Disposition": 'attachment; filename="session.ics"',
    },
  });
}
