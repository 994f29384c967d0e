import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { Page, PageHeader } from "~/components/page";
import { ZoneForm } from "~/features/availability/zone-form";
import { SeriesForm } from "~/features/bookings/series-form";
import { rhythmWords } from "~/features/bookings/series-words";
import { seriesDates } from "~/features/bookings/series.server";
import { takeSeries } from "~/features/bookings/take-series.server";
import { findOffer } from "~/features/offers/offers.server";
import { requireOnboarded } from "~/lib/auth.server";
import { localDay } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookOfferPath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import { readTimeZone } from "~/lib/time-zone.server";

const ParamsSchema = z.object({ slug: z.string().max(80), offerId: z.uuid() });

const QuerySchema = z.object({
  slot: z.iso.datetime({ offset: true }),
  weeks: z.coerce.number().int().catch(4),
  note: z.string().catch(""),
  coupon: z.string().catch(""),
});

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Book ${page.offer.title} every week` : "Not found") },
  { name: "robots", content: "noindex" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const query = QuerySchema.safeParse(
    Object.fromEntries(new URL(args.request.url).searchParams.entries()),
  );
  if (!query.success) throw redirect(bookOfferPath(slug, offerId));
  const { slot, weeks, note, coupon } = query.data;

  const viewer = await requireOnboarded(args);
  const [offer, dates, { automatic_tax: isTaxed }] = await Promise.all([
    findOffer(viewer.db, offerId, slug),
    seriesDates(viewer.db, offerId, slot),
    getPlatformTerms(viewer.db),
  ]);
  if (!offer || dates.length === 0) throw new Response("Not found", { status: 404 });

  const shown = dates.slice(0, Math.max(weeks, 2));
  return {
    offer,
    isTaxed,
    dates: shown,
    most: dates.length,
    note,
    coupon,
    zone: readTimeZone(args.request, viewer),
    backPath: bookOfferPath(slug, offerId, {
      week: localDay(slot, readTimeZone(args.request, viewer).timeZone),
      slot,
      note,
      coupon,
    }),
    isSignedIn: viewer.signedIn,
  };
}

export async function action(args: ActionFunctionArgs) {
  return takeSeries(args, parseParams(args.params, ParamsSchema));
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function SeriesRoute() {
  const { offer, isTaxed, dates, most, note, coupon, zone, backPath, isSignedIn } =
    useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const firstName = offer.coach.display_name.split(" ")[0]!;

  return (
    <Page>
      <PageHeader
        above={
          <a href={backPath} className="hover:underline">
            Choose another time
          </a>
        }
        title="The same time every week"
        lead={
          <span suppressHydrationWarning>
            {rhythmWords(dates, zone.timeZone, firstName).join(" ")}
          </span>
        }
      />
      <div className="mb-8">
        <ZoneForm {...zone} />
      </div>
      <SeriesForm
        key={dates.map(({ startsAt, conflict }) => startsAt + conflict).join()}
        offer={offer}
        isTaxed={isTaxed}
        dates={dates}
        most={most}
        timeZone={zone.timeZone}
        note={note}
        coupon={coupon}
        hasTabBar={isSignedIn}
        lastResult={lastResult}
      />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
