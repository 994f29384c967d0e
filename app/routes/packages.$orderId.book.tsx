import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { DateTime } from "~/components/date-time";
import { EmptyState } from "~/components/empty-state";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { Button } from "~/components/ui/button";
import { bookingWeek } from "~/features/availability/booking-week.server";
import { WeekLinks } from "~/features/availability/week-links";
import { ZoneForm } from "~/features/availability/zone-form";
import { agreedWords } from "~/features/no-show-fees/fee-words";
import { findNoShowFeeTerms } from "~/features/no-show-fees/no-show-fees.server";
import { CreditForm } from "~/features/packages/credit-form";
import { leftWords, sessionsWords } from "~/features/packages/package-words";
import { creditSlots, findPackage } from "~/features/packages/packages.server";
import { takeCreditTime } from "~/features/packages/take-credit-time.server";
import { requireProfile } from "~/lib/auth.server";
import { localDay } from "~/lib/format-date";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { ownPackagePath, packageBookPath } from "~/lib/paths";
import { readTimeZone } from "~/lib/time-zone.server";

const ParamsSchema = z.object({ orderId: z.uuid() });

/** The longest span that credit_slots looks at. Milliseconds. */
const LONGEST_SPAN = 62 * 24 * 60 * 60 * 1000;

export const meta: MetaFunction = () => [{ title: pageTitle("Book from your package") }];

export async function loader(args: LoaderFunctionArgs) {
  const { orderId } = parseParams(args.params, ParamsSchema);
  const { searchParams } = new URL(args.request.url);
  const viewer = await requireProfile(args);
  const zone = readTimeZone(args.request, viewer);
  const week = bookingWeek(searchParams.get("week"), zone.timeZone, new Date());
  const wanted = { slot: searchParams.get("slot"), note: searchParams.get("note") ?? "" };
  const shownWeek = {
    firstDay: week.firstDay,
    lastDay: week.lastDay,
    previous: week.previous,
    next: week.next,
  };
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) {
    return { orderId, own: null, slots: [], zone, week: shownWeek, nextDay: null, wanted };
  }

  const [own, slots, fee] = await Promise.all([
    findPackage(viewer.db, orderId),
    creditSlots(viewer.db, orderId, week),
    findNoShowFeeTerms(viewer.db, orderId),
  ]);
  if (!own) throw new Response("Not found", { status: 404 });
  if ((own.credits_left === 0 || !own.is_coach_open) && args.context.method !== "POST") {
    throw redirect(ownPackagePath(orderId)); // it says why
  }

  const [later] =
    slots.length > 0
      ? []
      : await creditSlots(
          viewer.db,
          orderId,
          { from: week.to, to: new Date(week.to.getTime() + LONGEST_SPAN) },
          1,
        );
  return {
    orderId,
    own: {
      title: own.offer_title,
      coachName: own.coach_name,
      minutes: own.duration_minutes,
      isInstant: own.is_instant,
      // The order of a membership is of a period, whatever it gives.
      left: own.membership_id ? `${sessionsWords(own.credits_left)} left` : leftWords(own, "your"),
      endsAt: own.credits_end_at,
      feeWords: fee ? agreedWords(fee, "client") : null,
    },
    slots,
    zone,
    week: shownWeek,
    nextDay: later ? localDay(later.startsAt, zone.timeZone) : null,
    wanted,
  };
}

export async function action(args: ActionFunctionArgs) {
  return takeCreditTime(args, parseParams(args.params, ParamsSchema).orderId);
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function BookFromPackageRoute() {
  const { orderId, own, slots, zone, week, nextDay, wanted } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();

  // What was sent and refused is not lost with the choice of another week.
  const sentNote = lastResult?.initialValue?.["note"];
  const note = typeof sentNote === "string" ? sentNote : wanted.note;
  function toWeek(day: string) {
    return packageBookPath(orderId, { week: day, note });
  }

  return (
    <Page>
      <PageHeader
        above={
          <a href={ownPackagePath(orderId)} className="hover:underline">
            {own?.title ?? "Your package"}
          </a>
        }
        title="Choose a time"
        lead={
          own ? (
            <>
              With {own.coachName} · {own.left}
              {own.endsAt ? (
                <>
                  {" · to use until "}
                  <DateTime instant={own.endsAt} timeZone={zone.timeZone} format="medium-date" />
                </>
              ) : null}
            </>
          ) : undefined
        }
      />
      <div className="mb-8 flex flex-wrap items-center justify-between gap-x-8 gap-y-5">
        <WeekLinks week={week} toWeek={toWeek} />
        <ZoneForm {...zone} />
      </div>
      {slots.length > 0 || !own ? (
        <CreditForm
          key={week.firstDay}
          own={own}
          slots={slots}
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
          <EmptyState
            title="Nothing is free on these days"
            action={
              nextDay ? (
                <Button asChild>
                  <a href={toWeek(nextDay)}>Go to the next free time</a>
                </Button>
              ) : null
            }
          >
            <p>
              {nextDay
                ? `${own.coachName} is booked or away then.`
                : `${own.coachName} has no free time in the weeks that can be booked. You can write to them and ask.`}
            </p>
          </EmptyState>
        </>
      )}
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
