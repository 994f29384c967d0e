import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { Page, PageHeader } from "~/components/page";
import { findReviewToReport, report } from "~/features/moderation/moderation.server";
import { QuotedReview } from "~/features/reviews/quoted-review";
import { WordsForm } from "~/features/reviews/words-form";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachPath, howReviewsWorkPath, sessionReviewsPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ reviewId: z.uuid() });

const ReportSchema = z.object({ words: textSchema("Say what is wrong with it.") });

export const meta: MetaFunction = () => [
  { title: pageTitle("Report a review") },
  { name: "robots", content: "noindex" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { reviewId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireProfile(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { review: null };

  const review = await findReviewToReport(viewer.db, reviewId);
  if (!review && args.context.method !== "POST") throw new Response("Not found", { status: 404 });
  return { review };
}

export async function action(args: ActionFunctionArgs) {
  const { reviewId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: ReportSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const reported = await report(viewer.db, {
    subject: "review",
    subjectId: reviewId,
    reason: submission.value.words,
  });
  if (!reported.ok) {
    return data(replyWithRefusal(submission, reported.error, { RPWRD: "words" }), {
      status: reported.error.status,
    });
  }
  const review = await findReviewToReport(viewer.db, reviewId);
  const back = review?.booking_id
    ? sessionReviewsPath(review.booking_id)
    : review
      ? coachPath(review.coach_slug)
      : howReviewsWorkPath();
  return redirectWithFlash(back, {
    kind: "success",
    title: "Thank you for telling us.",
    description: "A person of our team reads it, decides, and writes to you.",
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function ReportReviewRoute() {
  const { review } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <PageHeader
        title="Report this review"
        lead={
          <>
            We remove private data, threats, insults and what is not about the session. We never
            remove a review because it is negative.{" "}
            <a href={howReviewsWorkPath()} className="underline underline-offset-4">
              How reviews work
            </a>
          </>
        }
      />
      {review ? <QuotedReview review={review} /> : null}
      {review?.is_reported && !lastResult ? (
        <p>You have reported this review. We write to you once it is decided.</p>
      ) : (
        <WordsForm
          lastResult={lastResult}
          label="What is wrong with it?"
          hint="Our team reads it, and nobody else: nobody learns who reported it."
          button={["Send report", "Sending…"]}
        />
      )}
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
