import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { EmptyState } from "~/components/empty-state";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader, Section } from "~/components/page";
import { ZoneForm } from "~/features/availability/zone-form";
import { DateList } from "~/features/groups/date-list";
import { listComingDates } from "~/features/groups/groups.server";
import { SeatForm } from "~/features/groups/seat-form";
import { takeDateSeat } from "~/features/groups/take-seat.server";
import { findOffer } from "~/features/offers/offers.server";
import { getViewer } from "~/lib/auth.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachPath, welcomePath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import { readTimeZone } from "~/lib/time-zone.server";

const ParamsSchema = z.object({ slug: z.string().max(80), offerId: z.uuid() });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Take a seat: ${page.offer.title}` : "Not found") },
  { name: "robots", content: "noindex" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const { pathname, search, searchParams } = new URL(args.request.url);
  const viewer = await getViewer(args);

  const wanted = {
    date: searchParams.get("date"),
    note: searchParams.get("note") ?? "",
    coupon: searchParams.get("coupon") ?? "",
  };
  const mustIntroduce = viewer.signedIn && !viewer.profile.onboarded_at;
  if (mustIntroduce && wanted.date && args.context.method !== "POST") {
    throw redirect(welcomePath(pathname + search));
  }

  const [offer, dates, { automatic_tax: isTaxed }] = await Promise.all([
    findOffer(viewer.db, offerId, slug),
    listComingDates(viewer.db, offerId),
    getPlatformTerms(viewer.db),
  ]);
  if (!offer?.seats) throw new Response("Not found", { status: 404 });

  return { offer, isTaxed, dates, wanted, zone: readTimeZone(args.request, viewer) };
}

export async function action(args: ActionFunctionArgs) {
  return takeDateSeat(args, parseParams(args.params, ParamsSchema));
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function GroupDatesRoute() {
  const { offer, isTaxed, dates, wanted, zone } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const open = dates.filter((date) => date.seats_left > 0 && !date.is_mine);
  const closed = dates.filter((date) => !open.includes(date));

  return (
    <Page>
      <PageHeader
        above={
          <a href={coachPath(offer.coach.slug)} className="hover:underline">
            {offer.coach.display_name}
          </a>
        }
        title={open.length > 0 ? "Take a seat" : offer.title}
        lead={offer.description || undefined}
      />
      <div className="mb-8">
        <ZoneForm {...zone} />
      </div>
      {open.length > 0 ? (
        <SeatForm
          offer={offer}
          isTaxed={isTaxed}
          dates={open}
          timeZone={zone.timeZone}
          wanted={wanted}
          lastResult={lastResult}
        />
      ) : (
        <>
          <FormErrors
            id="refusal"
            errors={Object.values(lastResult?.error ?? {}).flatMap((errors) => errors ?? [])}
          />
          <EmptyState title={dates.length > 0 ? "Every seat is taken" : "No date is scheduled"}>
            {dates.length > 0
              ? "Somebody may still give theirs up. Look again, or write to the coach for another date."
              : "The coach has not scheduled the next date yet. Look again in some days."}
          </EmptyState>
        </>
      )}
      {closed.length > 0 ? (
        <Section title="Other dates" className="mt-14">
          <DateList dates={closed} timeZone={zone.timeZone} />
        </Section>
      ) : null}
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
