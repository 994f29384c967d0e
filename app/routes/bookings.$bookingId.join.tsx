import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { Page } from "~/components/page";
import { Button } from "~/components/ui/button";
import { joinMeeting } from "~/features/meetings/meetings.server";
import { requireSignedIn } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingJoinPath, bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Join your session") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);

  const meeting = await joinMeeting(db, bookingId);
  if (meeting.ok) return redirect(meeting.value);
  if (meeting.error.code === "OBNFD") throw new Response("Not found", { status: 404 });

  const { code, message, status } = meeting.error;
  return data({ bookingId, message, canRetry: code !== "MTOVR" }, { status });
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function JoinRoute() {
  const { bookingId, message, canRetry } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow" className="py-16 sm:py-24">
      <h1 className="text-display-md sm:text-display-lg">
        {canRetry ? "Not quite yet" : "This meeting is closed"}
      </h1>
      <p className="mt-4 text-lg leading-relaxed text-muted-foreground">{message}</p>
      <div className="mt-8 flex flex-wrap gap-3">
        {canRetry ? (
          <Button asChild>
            <a href={bookingJoinPath(bookingId)}>Try again</a>
          </Button>
        ) : null}
        <Button asChild variant="outline">
          <a href={bookingPath(bookingId)}>Back to the session</a>
        </Button>
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
