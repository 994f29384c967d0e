import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { Document, DocumentPart } from "~/components/document";
import { searchScore } from "~/features/reviews/search-score";
import { getViewer } from "~/lib/auth.server";
import { visitorCaching } from "~/lib/caching.server";
import { pageTitle } from "~/lib/page-title";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [
  { title: pageTitle("How reviews work") },
  {
    name: "description",
    content:
      "Who can review whom, when reviews are shown, what counts, and how search orders coaches.",
  },
];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await getViewer(args);
  const terms = await getPlatformTerms(viewer.db);
  return data({ terms }, { headers: visitorCaching(args.request, viewer) });
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function HowReviewsWorkRoute() {
  const { terms } = useLoaderData<typeof loader>();
  const { rating_prior_average: prior, rating_prior_weight: weight } = terms;
  return (
    <Document
      title="How reviews work"
      lead="Reviews come from people who held a session, and from nobody else. Here is who writes them, when they are shown, and what the numbers are made of."
    >
      <DocumentPart id="who" title="Who writes them">
        <p>
          After a session that took place and was paid for, the client reviews the coach and the
          coach the client: three questions with one to five stars, and a few words. Free intro
          calls, cancelled sessions, and sessions that somebody missed are not reviewed.
        </p>
        <p>
          Each has {terms.review_window_days} days from the end of the session, or from when it is
          settled that it was held, if it was taken for missed. If you meet often, you can write
          again {terms.review_pause_days} days after your last review of the same person.
        </p>
        <p>
          What clients write is on the coach’s page, with a first name and an initial. What a coach
          writes about a client is for the two of them. A note to us is read by our team only.
        </p>
      </DocumentPart>
      <DocumentPart id="when" title="When they are shown">
        <p>
          Neither of you sees what the other wrote before both have, or before the{" "}
          {terms.review_window_days} days are over. Then both are shown at once, so nobody answers
          stars with stars.
        </p>
        <p>
          Coaches can reply once, within {terms.review_reply_days} days. A review is never changed
          afterwards.
        </p>
      </DocumentPart>
      <DocumentPart id="score" title="What the score is made of">
        <p>
          The score on a coach’s page is the plain average of all answers to the three questions,
          counted anew each time from the reviews themselves. Of each client the newest review
          counts; earlier ones can still be read.
        </p>
        <p>
          If everything that was paid for a session, or for its month of a membership, is given
          back, or it turns out that it did not take place, its review is neither shown nor counted,
          whatever it says. Both people can still read it on the session’s page, with the reason.
        </p>
      </DocumentPart>
      <DocumentPart id="search" title="How search orders coaches">
        <p>
          One enthusiastic client should not place a coach above another with fifty. So search
          begins with {weight} imaginary reviews of {prior.toFixed(2)} stars each, which is what
          clients give on average on Walkthrough, and adds the real ones:
        </p>
        <p>
          ({weight} × {prior.toFixed(2)} + the stars of all reviews that count) ÷ ({weight} + how
          many there are)
        </p>
        <p>
          A coach with one review of 5 stars is ordered by {score(5, 1)}, one with 50 reviews of 4.8
          on average by {score(4.8, 50)}, and one without any by {prior.toFixed(2)}. The average is
          found again every night. Nobody can pay for a better place.
        </p>
      </DocumentPart>
      <DocumentPart id="removing" title="What is removed, and what is not">
        <p>
          Anybody who is signed in can report a review, or a coach’s reply to one. A person of our
          team reads it and decides, with a reason that both sides and whoever reported it are told.
          Each decision is kept.
        </p>
        <p>
          We remove what would be removed from a good review, too: private data, threats and
          insults, hate, what is not about the session, what is plainly false. We never remove a
          review because it is negative, and a coach can’t have one taken down or buy a better one.
          A reply is removed by itself: the review it answers stays.
        </p>
      </DocumentPart>
    </Document>
  );

  function score(average: number, count: number): string {
    return searchScore({ average, count, prior, weight }).toFixed(2);
  }
}

export { ErrorBoundary } from "~/components/error-boundary";
