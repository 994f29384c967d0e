import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { Page, PageHeader } from "~/components/page";
import { AcceptDatesForm } from "~/features/bookings/accept-dates-form";
import { findSession } from "~/features/bookings/bookings.server";
import { declineReasonSchema } from "~/features/bookings/decline-reason";
import { acceptRequest, listAskedSessions } from "~/features/bookings/requests.server";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

const AcceptSchema = z.object({
  /** The dates could be chosen; without it, it is the one button that takes all there is. */
  isChoice: z.literal("yes").optional(),
  dates: z.array(z.uuid()).default([]),
  reason: declineReasonSchema(),
});

export const meta: MetaFunction = () => [{ title: pageTitle("Accept a request") }];

/** What was refused is shown here, by itself; a request is read, and accepted, on its session's own page. */
export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireProfile(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { bookingId, dates: [], session: null };

  const [session, dates] = await Promise.all([
    findSession(viewer.db, bookingId),
    listAskedSessions(viewer.db, bookingId),
  ]);
  if (session?.party !== "coach") throw new Response("Not found", { status: 404 });
  // Answered, withdrawn or expired, or nothing to choose among: the session's page has what there is.
  if ((session.status !== "requested" || dates.length === 1) && args.context.method !== "POST") {
    throw redirect(bookingPath(bookingId));
  }
  return { bookingId, dates, session };
}

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: AcceptSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { isChoice, dates, reason } = submission.value;
  const asked = isChoice ? (await listAskedSessions(viewer.db, bookingId)).length : 1;
  const accepted = await acceptRequest(viewer.db, {
    bookingId,
    sessionIds: isChoice ? dates : undefined,
    reason,
  });
  if (!accepted.ok && accepted.error.code === "OBNFD") {
    throw new Response("Not found", { status: 404 });
  }
  if (!accepted.ok && accepted.error.code === "OBPRT") {
    const { error } = accepted;
    return data(replyWithRefusal(submission, error, { OBPRT: "dates" }), { status: error.status });
  }
  return redirectWithFlash(
    // One that was left out is not where the coach goes on.
    bookingPath(isChoice && accepted.ok ? dates[0]! : bookingId),
    accepted.ok
      ? { kind: "success", ...acceptedWords(asked, isChoice ? dates.length : 1) }
      : { kind: "error", title: accepted.error.message },
  );
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function AcceptRoute() {
  const { bookingId, dates, session } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow">
      <PageHeader
        title="Accept this request?"
        lead={
          session ? (
            <>
              {session.offer_title}
              <br />
              with {session.counterpart_name}
            </>
          ) : undefined
        }
      />
      <AcceptDatesForm
        bookingId={bookingId}
        dates={dates}
        counterpart={session?.counterpart_name ?? "Your client"}
        timeZone={session?.time_zone ?? "UTC"}
        creditOf={session?.credit_of ?? null}
        lastResult={useActionData<typeof action>()}
      />
    </Page>
  );
}

function acceptedWords(asked: number, taken: number): { title: string; description: string } {
  const mails = "Both of you get a mail with a file for the calendar.";
  if (asked === 1) return { title: "The session is confirmed.", description: mails };
  return taken === asked
    ? { title: `All ${asked} dates are confirmed.`, description: mails }
    : {
        title: `${taken} of ${asked} dates are confirmed.`,
        description: `The others are declined. ${mails}`,
      };
}

export { ErrorBoundary } from "~/components/error-boundary";
