import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { Document, DocumentPart } from "~/components/document";
import { Button } from "~/components/ui/button";
import { PolicyList } from "~/features/orders/policy-list";
import { getViewer } from "~/lib/auth.server";
import { visitorCaching } from "~/lib/caching.server";
import { formatDuration } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { becomeACoachPath, coachesPath, howReviewsWorkPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import type { RouteHandle } from "~/lib/route-handle";

export const handle: RouteHandle = { withoutScripts: true };

export const meta: MetaFunction = () => [
  { title: pageTitle("How it works") },
  {
    name: "description",
    content: "Finding a coach, booking and paying, the session itself, and changing your mind.",
  },
];

export async function loader(args: LoaderFunctionArgs) {
  const viewer = await getViewer(args);
  const terms = await getPlatformTerms(viewer.db);
  return data({ terms }, { headers: visitorCaching(args.request, viewer) });
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function HowItWorksRoute() {
  const { terms } = useLoaderData<typeof loader>();
  return (
    <Document
      title="How it works"
      lead="You bring one thing that is coming up. Somebody who has done it many times rehearses it with you, one to one, on Zoom."
    >
      <DocumentPart id="coaches" title="Who the coaches are">
        <p>
          Agents, brokers and loan officers with years in the business. Each applied, and a person
          on our team read the application before the page went live. We do not rank coaches for
          money: the order of a search is rating, price or date, as you choose.
        </p>
        <p>
          Before you book you can write to any coach. It costs nothing and obliges you to nothing.
        </p>
      </DocumentPart>
      <DocumentPart id="booking" title="Booking and paying">
        <p>
          A coach’s page shows what they offer, for how much, and when they are free, in your own
          time zone. The time you choose is held for you for {formatDuration(terms.hold_minutes)}{" "}
          while you pay. If you don’t, it is free again and nothing was charged.
        </p>
        <p>
          Some coaches want to be asked first. Then your bank only holds the price, and it is taken
          when the coach accepts; the answer comes within {formatDuration(terms.answer_minutes)}, or
          nothing is charged.
        </p>
        <p>
          You pay the price you saw
          {terms.automatic_tax ? ", plus tax where it applies" : " and nothing on top"}. The payment
          page is Stripe’s; we never see your card. Once the payment is confirmed, so is the
          session, and both of you get a mail with a file for the calendar.
        </p>
      </DocumentPart>
      <DocumentPart id="session" title="The session">
        <p>
          You are reminded before it begins. The meeting opens{" "}
          {formatDuration(terms.join_opens_minutes)} before the start, and the way in is on the page
          of your session. Bring the listing, the file, the script or the numbers: most coaches will
          have you say it out loud within five minutes.
        </p>
      </DocumentPart>
      <DocumentPart id="cancelling" title="If plans change">
        <p>
          Most coaches use our standard policy. The one that counts for you is on the offer before
          you pay, and stays as it was whatever changes later.
        </p>
        <PolicyList policy={terms} />
        <p>
          Before you confirm a cancellation we show, to the cent, what comes back. That is the
          amount we refund.
        </p>
      </DocumentPart>
      <DocumentPart id="reviews" title="Reviews">
        <p>
          Only the two who held a session can review it, within {terms.review_window_days} days, and
          what they wrote is shown together. Coaches can’t remove reviews, and neither praise nor
          criticism earns a discount. <a href={howReviewsWorkPath()}>How reviews work</a>
        </p>
      </DocumentPart>
      <div className="mt-12 flex flex-wrap gap-3 border-t pt-10">
        <Button asChild size="lg">
          <a href={coachesPath()}>Find a coach</a>
        </Button>
        <Button asChild size="lg" variant="outline">
          <a href={becomeACoachPath()}>Coach others</a>
        </Button>
      </div>
    </Document>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
