import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { Button } from "~/components/ui/button";
import { findSession } from "~/features/bookings/bookings.server";
import { WatchState, WatchTerms } from "~/features/watches/watch-state";
import { findBookingWatch, stopWatch, watchBooking } from "~/features/watches/watches.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingMovePath, bookingPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Something sooner") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);
  const [session, watch, terms] = await Promise.all([
    findSession(db, bookingId),
    findBookingWatch(db, bookingId),
    getPlatformTerms(db),
  ]);
  if (session?.party !== "client") throw new Response("Not found", { status: 404 });
  // Over or called off: the session's page says so.
  if (!session.is_cancellable && args.context.method !== "POST") {
    throw redirect(bookingPath(bookingId));
  }
  return {
    bookingId,
    title: session.offer_title,
    coachName: session.counterpart_name,
    startsAt: session.starts_at,
    timeZone: session.time_zone,
    isMovable: session.is_movable,
    isWatched: watch !== null,
    mailsPerDay: terms.opened_mails_per_day,
  };
}

// Nothing is typed here, so somebody who turns out to be signed out simply signs in and comes back.
export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);
  const form = await args.request.formData();

  if (form.get("intent") === "stop") {
    const watch = await findBookingWatch(db, bookingId);
    if (watch) await stopWatch(db, watch.id);
    return redirectWithFlash(bookingPath(bookingId), {
      kind: "success",
      title: "We have stopped looking.",
    });
  }

  const watched = await watchBooking(db, bookingId);
  if (!watched.ok) {
    if (watched.error.code === "OBNFD") throw new Response("Not found", { status: 404 });
    return data({ message: watched.error.message }, { status: watched.error.status });
  }
  return redirectWithFlash(bookingPath(bookingId), {
    kind: "success",
    title: "We are looking out for you.",
    description: "You get a mail when a sooner time opens.",
  });
}

export default function BookingSoonerRoute() {
  const page = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <PageHeader
        above={<a href={bookingPath(page.bookingId)}>{page.title}</a>}
        title="Something sooner?"
        lead={`We can tell you when ${page.coachName} has a time before your session. You keep it until you move it.`}
      />
      <FormErrors id="refusal" errors={refusal ? [refusal.message] : undefined} />
      {page.isWatched ? (
        <WatchState beforeAt={page.startsAt} timeZone={page.timeZone} />
      ) : (
        <>
          <WatchTerms mailsPerDay={page.mailsPerDay} />
          <Form method="post" className="flex flex-wrap gap-3">
            <SubmitButton name="intent" value="watch" size="lg" pendingLabel="One moment…">
              Tell me
            </SubmitButton>
            {page.isMovable ? (
              <Button asChild variant="outline" size="lg">
                <a href={bookingMovePath(page.bookingId)}>See what is free now</a>
              </Button>
            ) : null}
          </Form>
        </>
      )}
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
