import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { DateTime } from "~/components/date-time";
import { EmptyState } from "~/components/empty-state";
import { Page, PageHeader, Section } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { Row, RowList } from "~/components/row-list";
import { Badge } from "~/components/ui/badge";
import { Button } from "~/components/ui/button";
import { DateTile } from "~/features/bookings/date-tile";
import { requirePractice } from "~/features/practice/require-practice.server";
import { ReceivedReview } from "~/features/reviews/received-review";
import { ReviewSummary } from "~/features/reviews/review-summary";
import { listReceivedReviews, summarizeReviews } from "~/features/reviews/reviews.server";
import { pageTitle } from "~/lib/page-title";
import { readPage } from "~/lib/params.server";
import {
  bookingPath,
  bookingReviewPath,
  deskReviewsPath,
  howReviewsWorkPath,
  signInPath,
} from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";

export const meta: MetaFunction = () => [{ title: pageTitle("Your reviews") }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, coachId, timeZone } = await requirePractice(args);
  if (!coachId) throw redirect(signInPath(deskReviewsPath())); // no form here, so nothing is lost
  const page = readPage(args.request);
  const [received, summary, { review_window_days: windowDays }] = await Promise.all([
    listReceivedReviews(viewer.db, page),
    summarizeReviews(viewer.db, coachId),
    getPlatformTerms(viewer.db),
  ]);
  return { ...received, summary, windowDays, page, timeZone };
}

export default function DeskReviewsRoute() {
  const { reviews, due, summary, windowDays, hasNext, page, timeZone } =
    useLoaderData<typeof loader>();
  return (
    <Page>
      <PageHeader
        title="Your reviews"
        lead={
          <>
            What clients wrote about you, and whom you may write about.{" "}
            <a href={howReviewsWorkPath()} className="underline underline-offset-4">
              How reviews work
            </a>
          </>
        }
      />
      {due.length > 0 ? (
        <Section
          title="Waiting for you"
          lead="Only your client and you read what you write about them."
          className="mb-12"
        >
          <RowList>
            {due.map((session) => (
              <Row
                key={session.booking_id}
                lead={<DateTile instant={session.starts_at} timeZone={timeZone} />}
                title={
                  <a href={bookingPath(session.booking_id)} className="hover:underline">
                    {session.client_name}
                  </a>
                }
                trail={
                  <>
                    {session.is_awaited ? <Badge>They have written</Badge> : null}
                    <Button asChild size="sm" variant="outline">
                      <a href={bookingReviewPath(session.booking_id)}>
                        Review<span className="sr-only"> {session.client_name}</span>
                      </a>
                    </Button>
                  </>
                }
              >
                <p>{session.offer_title}</p>
                <p>
                  until{" "}
                  <DateTime instant={session.review_ends_at} timeZone={timeZone} format="date" />
                </p>
              </Row>
            ))}
          </RowList>
        </Section>
      ) : null}
      <Section title="What clients wrote">
        <ReviewSummary summary={summary} />
        {reviews.length === 0 ? (
          <EmptyState title={page === 1 ? "No reviews yet" : "That was all of them"}>
            After a session your client has {windowDays} days to write. What they write is shown
            here and on your page once you have both written, or when those days are over.
          </EmptyState>
        ) : (
          <ul className="divide-y border-y">
            {reviews.map((review) => (
              <ReceivedReview key={review.review_id} review={review} timeZone={timeZone} />
            ))}
          </ul>
        )}
      </Section>
      <Pagination page={page} hasNext={hasNext} toPage={deskReviewsPath} />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
