import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { Page } from "~/components/page";
import { findSession, getHistory, type Session } from "~/features/bookings/bookings.server";
import { SeriesSection } from "~/features/bookings/series-section";
import { listAskedSessions } from "~/features/bookings/requests.server";
import { listSeries } from "~/features/bookings/series.server";
import { SessionHeader } from "~/features/bookings/session-header";
import { SessionActions, SessionFacts, SessionHistory } from "~/features/bookings/session-side";
import { SessionState } from "~/features/bookings/session-state";
import { calendarLinks } from "~/features/calendars/calendar-links";
import { hasClash } from "~/features/calendly/calendly.server";
import { ClashNote } from "~/features/calendly/clash-note";
import { SeatCompany } from "~/features/groups/seat-company";
import { listNeighbors } from "~/features/groups/groups.server";
import { AttendanceNote } from "~/features/meetings/attendance-note";
import { findAttendance } from "~/features/meetings/attendance.server";
import { NoShowFeeNote } from "~/features/no-show-fees/no-show-fee-note";
import { findNoShowFee } from "~/features/no-show-fees/no-show-fees.server";
import { ConfirmingPayment, LOOKS } from "~/features/orders/confirming-payment";
import { RecordingNote } from "~/features/recordings/recording-note";
import { findRecordingChoice, listRecordings } from "~/features/recordings/recordings.server";
import { listSessionReviews } from "~/features/reviews/reviews.server";
import { SessionReviews } from "~/features/reviews/session-reviews";
import { requireSignedIn } from "~/lib/auth.server";
import { getEnv } from "~/lib/env.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingPaidPath, bookingPath } from "~/lib/paths";
import { useRevalidateEvery } from "~/lib/use-revalidate-every";

const ParamsSchema = z.object({ bookingId: z.uuid() });

/** From when before the start on the page looks for the meeting's door to open. Milliseconds. */
const WATCH_FROM = 60 * 60 * 1000;

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  {
    title: pageTitle(
      page ? `${page.session.offer_title}, ${page.session.counterpart_name}` : "Not found",
    ),
  },
];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db } = await requireSignedIn(args);
  const { searchParams } = new URL(args.request.url);

  const [session, history, isClash, attendance, fee, recordingChoice, recordings, reviews] =
    await Promise.all([
      findSession(db, bookingId),
      getHistory(db, bookingId),
      hasClash(db, bookingId),
      findAttendance(db, bookingId),
      findNoShowFee(db, bookingId),
      findRecordingChoice(db, bookingId),
      listRecordings(db, bookingId),
      listSessionReviews(db, bookingId),
    ]);
  if (!session) throw new Response("Not found", { status: 404 });

  const look = Number(searchParams.get("look")) || 0;
  const hasJustPaid = searchParams.get("checkout") === "done" && session.party === "client";
  if (hasJustPaid && session.status === "confirmed") {
    throw await redirectWithFlash(bookingPath(bookingId), {
      kind: "success",
      title: "You’re booked.",
      description:
        session.session_count > 1
          ? "All dates are in your inbox, with a file for your calendar for each."
          : "The details are in your inbox, with a file for your calendar.",
    });
  }
  if (hasJustPaid && session.status === "requested") {
    throw await redirectWithFlash(bookingPath(bookingId), {
      kind: "success",
      title: "Your request is sent.",
      description: `${session.counterpart_name} has been asked, and you get a mail with the answer.`,
    });
  }
  const isOfSeries = session.asked_count > 1;
  const isToAnswer = isOfSeries && session.party === "coach" && session.status === "requested";
  const [series, asked] = await Promise.all([
    isOfSeries && !isToAnswer && !session.credit_of ? listSeries(db, session.order_id) : [],
    isToAnswer ? listAskedSessions(db, bookingId) : [],
  ]);
  const untilStart = Date.parse(session.starts_at) - Date.now();
  return {
    bookingId,
    session,
    history,
    isClash,
    attendance,
    fee,
    recordingChoice,
    recordings,
    reviews,
    series,
    asked,
    neighbors: isSeatToCome(session) ? await listNeighbors(db, bookingId) : null,
    look,
    calendarLinks: calendarLinks({
      title: `${session.offer_title} with ${session.counterpart_name}`,
      startsAt: session.starts_at,
      endsAt: session.ends_at,
      url: getEnv().APP_ORIGIN + bookingPath(bookingId),
    }),
    isConfirming: hasJustPaid && isUnsettled(session) && look < LOOKS,
    isNear: session.status === "confirmed" && untilStart < WATCH_FROM,
  };
}

export default function SessionRoute() {
  const page = useLoaderData<typeof loader>();
  const { bookingId, session, history, attendance, look, calendarLinks, isConfirming, isNear } =
    page;
  useRevalidateEvery(isNear ? 30_000 : null);
  if (isConfirming) {
    return (
      <ConfirmingPayment
        look={look}
        againPath={bookingPaidPath(bookingId, look + 1)}
        what="payment"
        meanwhile="we write to you as soon as it is settled, and a payment for a time you don’t get comes back by itself"
        elsewhere={{ path: bookingPath(bookingId), label: "the session’s page" }}
      />
    );
  }

  return (
    <Page>
      <SessionHeader session={session} />
      <div className="grid items-start gap-x-14 gap-y-12 lg:grid-cols-[1fr_19rem]">
        <div className="space-y-8">
          {page.isClash ? <ClashNote session={session} /> : null}
          <SessionState
            bookingId={bookingId}
            session={session}
            history={history}
            asked={page.asked}
          />
          {attendance ? (
            <AttendanceNote bookingId={bookingId} attendance={attendance} session={session} />
          ) : null}
          {page.fee ? (
            <NoShowFeeNote bookingId={bookingId} fee={page.fee} session={session} />
          ) : null}
          <SessionReviews
            bookingId={bookingId}
            reviews={page.reviews}
            counterpartName={session.counterpart_name}
            timeZone={session.time_zone}
          />
          {page.neighbors ? (
            <SeatCompany bookingId={bookingId} session={session} names={page.neighbors} />
          ) : null}
          <SessionActions bookingId={bookingId} session={session} calendarLinks={calendarLinks} />
          {page.recordingChoice ? (
            <RecordingNote
              bookingId={bookingId}
              choice={page.recordingChoice}
              recordings={page.recordings}
              counterpartName={session.counterpart_name}
              timeZone={session.time_zone}
            />
          ) : null}
          <SessionFacts session={session} />
          {page.series.length > 1 ? (
            <SeriesSection
              sessions={page.series}
              currentId={bookingId}
              timeZone={session.time_zone}
            />
          ) : null}
        </div>
        <SessionHistory session={session} history={history} />
      </div>
    </Page>
  );
}

/** Whether it is the reader's own seat at a date of a group session that takes place. */
function isSeatToCome(session: Session): boolean {
  return (
    session.party === "client" && session.group_date_id !== null && session.status === "confirmed"
  );
}

/** Whether a payment may still be on its way: money was neither booked nor returned. */
function isUnsettled(session: Session): boolean {
  return (
    (session.status === "held" || session.status === "expired") &&
    session.refunded_cents === 0 &&
    session.answer_by === null
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
