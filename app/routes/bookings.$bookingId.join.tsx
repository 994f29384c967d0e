import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { ClosedDoor } from "~/features/meetings/closed-door";
import { joinMeeting } from "~/features/meetings/meetings.server";
import { openDoor } from "~/features/meetings/open-door.server";
import { requireSignedIn } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingJoinPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Join your session") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  return openDoor(await joinMeeting(db, bookingId), bookingId, bookingJoinPath(bookingId));
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function JoinRoute() {
  return <ClosedDoor {...useLoaderData<typeof loader>()} />;
}

export { ErrorBoundary } from "~/components/error-boundary";
