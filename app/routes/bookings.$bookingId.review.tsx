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

import { DateTime } from "~/components/date-time";
import { Page, PageHeader } from "~/components/page";
import { findSession } from "~/features/bookings/bookings.server";
import { ReviewForm } from "~/features/reviews/review-form";
import { ReviewSchema } from "~/features/reviews/review-schema";
import { isReviewShown, writeReview } from "~/features/reviews/reviews.server";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Review your session") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireProfile(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { session: null };

  const session = await findSession(viewer.db, bookingId);
  if (!session) throw new Response("Not found", { status: 404 });
  // Written already, or not yet possible: the session's page says what is.
  if (!session.is_reviewable && args.context.method !== "POST") {
    throw redirect(bookingPath(bookingId));
  }
  return {
    session: {
      id: bookingId,
      party: session.party === "client" ? ("client" as const) : ("coach" as const),
      title: session.offer_title,
      counterpart: session.counterpart_name,
      startsAt: session.starts_at,
      timeZone: session.time_zone,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: ReviewSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const review = await writeReview(viewer.db, bookingId, submission.value);
  if (!review.ok) {
    const reply = replyWithRefusal(submission, review.error, {
      RVRAT: ({ detail }) => detail,
      RVBOD: "body",
      RVNOT: "note",
    });
    return data(reply, { status: review.error.status });
  }
  const isSecond = await isReviewShown(viewer.db, bookingId, review.value);
  return redirectWithFlash(bookingPath(bookingId), {
    kind: "success",
    title: "Thank you. Your review is in.",
    description: isSecond
      ? "They had written, too: both are shown now."
      : "Both are shown together, once there are two or the time to write is over.",
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function ReviewRoute() {
  const { session } = useLoaderData<typeof loader>();
  return (
    <Page width="narrow">
      <PageHeader
        above={
          session ? (
            <a href={bookingPath(session.id)} className="hover:underline">
              The session
            </a>
          ) : undefined
        }
        title={session ? `Review your session with ${session.counterpart}` : "Review your session"}
        lead={
          session ? (
            <>
              {session.title},{" "}
              <DateTime instant={session.startsAt} timeZone={session.timeZone} format="date" />
            </>
          ) : undefined
        }
      />
      <ReviewForm party={session?.party ?? null} lastResult={useActionData<typeof action>()} />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
