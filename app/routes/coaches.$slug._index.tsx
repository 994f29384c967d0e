import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { Page, Section } from "~/components/page";
import { Pagination } from "~/components/pagination";
import { nextSlots } from "~/features/availability/availability.server";
import { ZoneForm } from "~/features/availability/zone-form";
import { findBookingLinks } from "~/features/calendly/booking-links.server";
import { getSearchChoices } from "~/features/coaches/choices.server";
import { CoachAside } from "~/features/coaches/coach-aside";
import { CoachHeader } from "~/features/coaches/coach-header";
import { findCoach } from "~/features/coaches/coaches.server";
import { coachStructuredData } from "~/features/coaches/structured-data";
import { listMembershipOffers } from "~/features/memberships/membership-offers.server";
import { MembershipList } from "~/features/memberships/membership-list";
import { givesWords, trialWords } from "~/features/memberships/membership-words";
import { OfferPanel } from "~/features/offers/offer-panel";
import { packageTerms } from "~/features/packages/package-terms.server";
import { ReviewList } from "~/features/reviews/review-list";
import { ReviewSummary } from "~/features/reviews/review-summary";
import { listCoachReviews, summarizeReviews } from "~/features/reviews/reviews.server";
import { getViewer } from "~/lib/auth.server";
import { visitorCaching } from "~/lib/caching.server";
import { getEnv } from "~/lib/env.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams, readPage } from "~/lib/params.server";
import { coachesPath, coachPath, coachReviewsPath, subscribePath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import { readTimeZone } from "~/lib/time-zone.server";

const ParamsSchema = z.object({ slug: z.string().max(80) });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  if (!page) return [{ title: pageTitle("Not found") }];
  const { coach, url, structuredData } = page;
  const title = pageTitle(`${coach.display_name}, coach`);
  return [
    { title },
    { name: "description", content: coach.headline },
    { tagName: "link", rel: "canonical", href: url },
    { property: "og:type", content: "profile" },
    { property: "og:title", content: title },
    { property: "og:description", content: coach.headline },
    { property: "og:url", content: url },
    { "script:ld+json": structuredData },
  ];
};

export async function loader(args: LoaderFunctionArgs) {
  const { slug } = parseParams(args.params, ParamsSchema);
  const viewer = await getViewer(args);

  const [coach, choices, { automatic_tax: isTaxed }] = await Promise.all([
    findCoach(viewer.db, slug),
    getSearchChoices(viewer.db),
    getPlatformTerms(viewer.db),
  ]);
  if (!coach) throw new Response("Not found", { status: 404 });

  const now = new Date();
  const { APP_ORIGIN } = getEnv();
  const reviewPage = readPage(args.request);
  const [slots, calendly, memberships, summary, reviews] = await Promise.all([
    nextSlots(viewer.db, coach.id),
    findBookingLinks(viewer, coach.id),
    listMembershipOffers(viewer.db, coach.id),
    summarizeReviews(viewer.db, coach.id),
    listCoachReviews(viewer.db, coach.id, reviewPage),
  ]);
  args.context.embedsCalendly = calendly !== null;
  return data(
    {
      coach,
      isOwn: viewer.profile?.coach_id === coach.id,
      isTaxed,
      terms: packageTerms(coach.offers),
      choices,
      slots,
      calendly,
      // Worded here: the page has no room for the code that does it.
      memberships: memberships.map((offer) => ({
        title: offer.title,
        description: offer.description,
        gives: givesWords(offer),
        price:
          trialWords(offer, offer.trial_days ?? 0) + (isTaxed ? ", plus tax where it applies" : ""),
        path: subscribePath(coach.slug, offer.id),
      })),
      summary,
      ...reviews,
      reviewPage,
      zone: readTimeZone(args.request, viewer),
      now: now.toISOString(),
      url: APP_ORIGIN + coachPath(slug),
      structuredData: coachStructuredData(coach, APP_ORIGIN),
    },
    { headers: visitorCaching(args.request, viewer) },
  );
}

export { loaderHeaders as headers } from "~/lib/loader-headers";

export default function CoachRoute() {
  const { coach, isTaxed, terms, choices, slots, calendly, memberships, zone, now, ...page } =
    useLoaderData<typeof loader>();
  const { summary, reviews, hasNext } = page;

  return (
    <Page>
      <p className="mb-6 text-[0.9375rem] text-muted-foreground">
        <a href={coachesPath()} className="hover:underline">
          All coaches
        </a>
      </p>
      <CoachHeader coach={coach} choices={choices} />
      <div className="mt-12 grid items-start gap-x-14 gap-y-12 lg:grid-cols-[1fr_17rem]">
        <div>
          <Section title="Sessions" action={<ZoneForm {...zone} />}>
            <div className="space-y-5">
              {coach.offers.map((offer) => (
                <OfferPanel
                  key={offer.id}
                  offer={offer}
                  isTaxed={isTaxed}
                  slug={coach.slug}
                  slots={slots[offer.id] ?? []}
                  terms={terms[offer.id]}
                  timeZone={zone.timeZone}
                  calendlyUrl={calendly?.urls[offer.id]}
                />
              ))}
            </div>
            {calendly ? (
              <script
                defer
                src="/calendly-widget.js"
                data-widget={calendly.widgetUrl}
                data-origin={calendly.origin}
              />
            ) : null}
          </Section>
          {memberships.length > 0 ? (
            <Section title="Memberships">
              <MembershipList memberships={memberships} />
            </Section>
          ) : null}
          <Section title="About">
            <div className="max-w-prose whitespace-pre-line text-[1.0625rem] leading-relaxed">
              {coach.bio}
            </div>
          </Section>
          {reviews.length > 0 || page.reviewPage > 1 ? (
            <Section title="What clients say">
              <ReviewSummary summary={summary} />
              <ReviewList reviews={reviews} coachName={coach.display_name} isOwn={page.isOwn} />
              <Pagination
                page={page.reviewPage}
                hasNext={hasNext}
                toPage={(other) => coachReviewsPath(coach.slug, other)}
              />
            </Section>
          ) : null}
        </div>
        <CoachAside coach={coach} choices={choices} now={now} />
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
