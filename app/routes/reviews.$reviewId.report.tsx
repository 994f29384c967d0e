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
import { WordsForm } from "~/components/words-form";
import {
  findReplyToReport,
  findReviewToReport,
  report,
} from "~/features/moderation/moderation.server";
import { QuotedReview } from "~/features/reviews/quoted-review";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachPath, howReviewsWorkPath, sessionReviewsPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ reviewId: z.uuid() });

/** What of the review: all of it, or the coach's reply alone. */
const SubjectSchema = z.enum(["review", "reply"]).catch("review");

const ReportSchema = z.object({ words: textSchema("Say what is wrong with it.") });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(`Report a ${page?.subject ?? "review"}`) },
  { name: "robots", content: "noindex" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { reviewId } = parseParams(args.params, ParamsSchema);
  const subject = readSubject(args.request);
  const viewer = await requireProfile(args);
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { subject, reported: null };

  const reported = await find[subject](viewer.db, reviewId);
  if (!reported && args.context.method !== "POST") throw new Response("Not found", { status: 404 });
  return { subject, reported };
}

export async function action(args: ActionFunctionArgs) {
  const { reviewId } = parseParams(args.params, ParamsSchema);
  const subject = readSubject(args.request);
  const submission = parseWithZod(await args.request.formData(), { schema: ReportSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const sent = await report(viewer.db, {
    subject,
    subjectId: reviewId,
    reason: submission.value.words,
  });
  if (!sent.ok) {
    return data(replyWithRefusal(submission, sent.error, { RPWRD: "words" }), {
      status: sent.error.status,
    });
  }
  const reported = await find[subject](viewer.db, reviewId);
  return redirectWithFlash(reported ? backFrom(reported) : howReviewsWorkPath(), {
    kind: "success",
    title: "Thank you for telling us.",
    description: "A person of our team reads it, decides, and writes to you.",
  });
}

const find = { review: findReviewToReport, reply: findReplyToReport };

/** Where the two whom a review is between read it, and where others do. */
function backFrom({ booking_id, coach_slug }: { booking_id: string | null; coach_slug: string }) {
  return booking_id ? sessionReviewsPath(booking_id) : coachPath(coach_slug);
}

function readSubject(request: Request) {
  return SubjectSchema.parse(new URL(request.url).searchParams.get("of"));
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function ReportReviewRoute() {
  const { subject, reported } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <PageHeader
        above={
          reported ? (
            <a href={backFrom(reported)} className="hover:underline">
              {reported.booking_id ? "The session" : "The coach"}
            </a>
          ) : undefined
        }
        title={`Report this ${subject}`}
        lead={
          <>
            We remove private data, threats, insults and what is not about the session.{" "}
            {subject === "reply"
              ? "The review it answers stays. "
              : "We never remove a review because it is negative. "}
            <a
              href={howReviewsWorkPath()}
              className="whitespace-nowrap underline underline-offset-4"
            >
              How reviews work
            </a>
          </>
        }
      />
      {reported ? <QuotedReview review={reported} /> : null}
      {reported?.is_reported && !lastResult ? (
        <p>You have reported this {subject}. We write to you once it is decided.</p>
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
