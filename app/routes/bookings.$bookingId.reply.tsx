import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { z } from "zod";

import { Page, PageHeader } from "~/components/page";
import { WordsForm } from "~/components/words-form";
import { QuotedReview } from "~/features/reviews/quoted-review";
import { listSessionReviews, replyToReview } from "~/features/reviews/reviews.server";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import type { Db } from "~/lib/db.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { sessionReviewsPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ bookingId: z.uuid() });

const ReplySchema = z.object({ words: textSchema("Write a few words.") });

export const meta: MetaFunction = () => [{ title: pageTitle("Reply to a review") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireProfile(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { review: null };

  const review = await findReceived(viewer.db, bookingId);
  if (!review) throw new Response("Not found", { status: 404 });
  // Replied already, too late, or suspended: the session's page says what is.
  if (!review.may_reply && args.context.method !== "POST") {
    throw redirect(sessionReviewsPath(bookingId));
  }
  return { review };
}

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: ReplySchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const review = await findReceived(viewer.db, bookingId);
  if (!review) throw new Response("Not found", { status: 404 });
  const replied = await replyToReview(viewer.db, {
    reviewId: review.review_id,
    words: submission.value.words,
  });
  if (!replied.ok) {
    return data(replyWithRefusal(submission, replied.error, { RVRPB: "words" }), {
      status: replied.error.status,
    });
  }
  return redirectWithFlash(sessionReviewsPath(bookingId), {
    kind: "success",
    title: "Your reply is published.",
    description: "It stands below the review on your page.",
  });
}

/** What the client of a session wrote, for its coach; null for anyone else, and before it is shown. */
async function findReceived(db: Db, bookingId: string) {
  const reviews = await listSessionReviews(db, bookingId);
  return reviews.find((review) => !review.is_own && review.author_party === "client") ?? null;
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function ReplyRoute() {
  const { review } = useLoaderData<typeof loader>();
  const { bookingId = "" } = useParams();
  return (
    <Page width="narrow">
      <PageHeader
        above={
          <a href={sessionReviewsPath(bookingId)} className="hover:underline">
            The session
          </a>
        }
        title="Your reply"
      />
      {review ? <QuotedReview review={review} /> : null}
      <WordsForm
        lastResult={useActionData<typeof action>()}
        label="What would you like to answer?"
        hint="Everybody reads it below the review. You can reply once, and not change it afterwards."
        button={["Publish reply", "Publishing…"]}
      />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
