import type { SubmissionResult } from "@conform-to/react";
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { freeSlots, nextFreeSlot } from "~/features/availability/availability.server";
import { AwayNotes } from "~/features/availability/away-notes";
import { bookingWeek } from "~/features/availability/booking-week.server";
import { NoFreeTimes } from "~/features/availability/no-free-times";
import { outOfOfficeNotes } from "~/features/availability/plans.server";
import { WeekLinks } from "~/features/availability/week-links";
import { ZoneForm } from "~/features/availability/zone-form";
import { BookForm } from "~/features/bookings/book-form";
import { takeTime } from "~/features/bookings/take-time.server";
import { findUnreadSince } from "~/features/calendly/calendly.server";
import { UnreadNote } from "~/features/calendly/unread-note";
import { findOffer } from "~/features/offers/offers.server";
import { getViewer } from "~/lib/auth.server";
import { localDay } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import {
  bookOfferPath,
  coachPath,
  groupDatesPath,
  offerSoonerPath,
  packagePath,
  welcomePath,
} from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import { readTimeZone } from "~/lib/time-zone.server";

const ParamsSchema = z.object({ slug: z.string().max(80), offerId: z.uuid() });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  {
    title: pageTitle(page ? `Book ${page.offer.title}` : "Not found"),
  },
  { name: "robots", content: "noindex" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const { pathname, search, searchParams } = new URL(args.request.url);
  const viewer = await getViewer(args);

  const wanted = {
    slot: searchParams.get("slot"),
    note: searchParams.get("note") ?? "",
    coupon: searchParams.get("coupon") ?? "",
  };
  const mustIntroduce = viewer.signedIn && !viewer.profile.onboarded_at;
  if (mustIntroduce && wanted.slot && args.context.method !== "POST") {
    throw redirect(welcomePath(pathname + search));
  }

  const zone = readTimeZone(args.request, viewer);
  const week = bookingWeek(searchParams.get("week"), zone.timeZone, new Date());
  const [offer, slots, unreadSince, { automatic_tax: isTaxed }] = await Promise.all([
    findOffer(viewer.db, offerId, slug),
    freeSlots(viewer.db, offerId, week),
    findUnreadSince(viewer.db, offerId),
    getPlatformTerms(viewer.db),
  ]);
  if (!offer) throw new Response("Not found", { status: 404 });
  if (offer.seats !== null) throw redirect(groupDatesPath(slug, offerId)); // it has dates, no times
  if (offer.session_count !== null) throw redirect(packagePath(slug, offerId)); // bought before times

  const notes = await outOfOfficeNotes(viewer.db, offer.coach.id, week);
  const later = slots.length > 0 ? null : await nextFreeSlot(viewer.db, offerId, week.to);
  return {
    offer,
    isTaxed,
    slots,
    notes,
    zone,
    week: {
      firstDay: week.firstDay,
      lastDay: week.lastDay,
      previous: week.previous,
      next: week.next,
    },
    nextDay: later && localDay(later.startsAt, zone.timeZone),
    wanted,
    unreadSince,
    isSignedIn: viewer.signedIn,
  };
}

export async function action(args: ActionFunctionArgs) {
  return takeTime(args, parseParams(args.params, ParamsSchema));
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function BookOfferRoute() {
  const { offer, isTaxed, slots, notes, zone, week, nextDay, wanted, unreadSince, isSignedIn } =
    useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const { slug, display_name: coachName } = offer.coach;

  // What was sent and refused is not lost with the choice of another week.
  const sentNote = lastResult?.initialValue?.["note"];
  const note = typeof sentNote === "string" ? sentNote : wanted.note;
  const sentCoupon = lastResult?.initialValue?.["coupon"];
  const coupon = typeof sentCoupon === "string" ? sentCoupon : wanted.coupon;
  function toWeek(day: string) {
    return bookOfferPath(slug, offer.id, { week: day, note, coupon });
  }

  return (
    <Page>
      <PageHeader
        above={
          <a href={coachPath(slug)} className="hover:underline">
            {coachName}
          </a>
        }
        title="Choose a time"
      />
      <div className="mb-8 flex flex-wrap items-center justify-between gap-x-8 gap-y-5">
        <WeekLinks week={week} toWeek={toWeek} />
        <ZoneForm {...zone} />
      </div>
      {unreadSince && slots.length > 0 ? (
        <UnreadNote coachName={coachName} since={unreadSince} timeZone={zone.timeZone} />
      ) : null}
      <AwayNotes coachName={coachName} notes={notes} timeZone={zone.timeZone} />
      {slots.length > 0 ? (
        <BookForm
          key={week.firstDay}
          offer={offer}
          isTaxed={isTaxed}
          slots={slots}
          timeZone={zone.timeZone}
          wanted={wanted}
          hasTabBar={isSignedIn}
          lastResult={lastResult}
        />
      ) : (
        <>
          <FormErrors id="refusal" errors={allErrors(lastResult)} />
          <NoFreeTimes offer={offer} nextDay={nextDay} toWeek={toWeek} />
        </>
      )}
      <p className="mt-10 text-[0.9375rem] text-muted-foreground">
        Nothing soon enough?{" "}
        <a href={offerSoonerPath(slug, offer.id)} className="text-link">
          Tell me if a time opens
        </a>
      </p>
    </Page>
  );
}

function allErrors(lastResult: SubmissionResult<string[]> | undefined): string[] {
  return Object.values(lastResult?.error ?? {}).flatMap((errors) => errors ?? []);
}

export { ErrorBoundary } from "~/components/error-boundary";
