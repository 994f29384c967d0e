import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { TimeSpan } from "~/components/date-time";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { WeekLinks } from "~/features/availability/week-links";
import { MoveConfirmForm } from "~/features/bookings/move-confirm-form";
import { loadMovePage } from "~/features/bookings/move-page.server";
import { MoveTimeForm } from "~/features/bookings/move-time-form";
import { rescheduleBooking } from "~/features/bookings/move.server";
import { readScope } from "~/features/bookings/scope";
import { ScopeLinks } from "~/features/bookings/scope-links";
import { NoMoveTimes } from "~/features/bookings/no-move-times";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { formatDateTime } from "~/lib/format-date";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingMovePath, bookingPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ bookingId: z.uuid() });

// Shape only. Whether the time is offered, and free, is reschedule_booking's to say.
const MoveSchema = z.object({
  slot: z.iso.datetime({ offset: true, error: "Choose a time." }),
  reason: textSchema(),
  scope: z.literal("following").optional(),
});

export const meta: MetaFunction = () => [{ title: pageTitle("Change the time") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { searchParams } = new URL(args.request.url);
  const viewer = await requireProfile(args);
  const wanted = {
    week: searchParams.get("week"),
    reason: searchParams.get("reason") ?? "",
    scope: readScope(searchParams.get("scope")),
  };
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) return { bookingId, wanted, page: null };

  const page = await loadMovePage(viewer.db, bookingId, {
    week: wanted.week,
    scope: wanted.scope,
    slot: searchParams.get("slot"),
  });
  if (!page) throw new Response("Not found", { status: 404 });
  // Too late, or done: the session's page says what can be done instead.
  if (page.refusal && args.context.method !== "POST") throw redirect(bookingPath(bookingId));
  return { bookingId, wanted, page };
}

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: MoveSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { slot, reason, scope } = submission.value;
  const moved = await rescheduleBooking(viewer.db, {
    bookingId,
    startsAt: slot,
    reason,
    andFollowing: scope === "following",
  });
  if (!moved.ok) {
    if (moved.error.code === "OBNFD") throw new Response("Not found", { status: 404 });
    return data(replyWithRefusal(submission, moved.error), { status: moved.error.status });
  }
  return redirectWithFlash(bookingPath(bookingId), {
    kind: "success",
    title: scope ? "The sessions have new times." : "The session has a new time.",
    description: `${scope ? "The first is on " : ""}${formatDateTime(slot, viewer.profile.time_zone)}`,
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function MoveRoute() {
  const { bookingId, wanted, page } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  // What was sent and refused is not lost with the choice of another time.
  const sent = lastResult?.initialValue?.["reason"];
  const reason = typeof sent === "string" ? sent : wanted.reason;
  const timeZone = page?.session.timeZone ?? "UTC";
  const change = page?.change ?? null;

  if (change || !page) {
    return (
      <Page>
        <PageHeader
          title={page?.scope ? "Move this and all that follow?" : "Move this session?"}
          lead={page?.session.title}
        />
        <MoveConfirmForm
          bookingId={bookingId}
          change={change}
          counterpart={page?.session.counterpart ?? null}
          timeZone={timeZone}
          wanted={{ ...wanted, scope: page ? page.scope : wanted.scope, reason }}
          lastResult={lastResult}
        />
      </Page>
    );
  }

  const { session, slots, week, limit, isGone, scope, count } = page;
  function toWeek(day: string) {
    return bookingMovePath(bookingId, { week: day, reason, scope });
  }
  return (
    <Page>
      <PageHeader
        above={
          <a href={bookingPath(bookingId)} className="hover:underline">
            {session.title}
          </a>
        }
        title={page.isSeat ? "Choose another date" : "Choose a new time"}
        lead={
          <>
            with {session.counterpart}, now{" "}
            <TimeSpan start={session.startsAt} end={session.endsAt} timeZone={timeZone} />
          </>
        }
      />
      <div className="mb-8 space-y-5">
        <FormErrors
          id="refusal"
          errors={
            lastResult?.error
              ? Object.values(lastResult.error).flatMap((errors) => errors ?? [])
              : isGone
                ? [isGone]
                : undefined
          }
        />
        {count > 1 ? (
          <ScopeLinks
            scope={scope}
            count={count}
            toScope={(other) =>
              bookingMovePath(bookingId, { week: week.firstDay, reason, scope: other })
            }
          />
        ) : null}
        {page.isSeat ? null : <WeekLinks week={week} toWeek={toWeek} />}
        {limit ? (
          <p className="text-[0.9375rem] text-muted-foreground" suppressHydrationWarning>
            {limit}
          </p>
        ) : null}
      </div>
      {slots.length > 0 ? (
        <MoveTimeForm
          key={week.firstDay}
          bookingId={bookingId}
          slots={slots}
          timeZone={timeZone}
          week={week.firstDay}
          scope={scope}
          reason={reason}
          errorId="refusal"
        />
      ) : (
        <NoMoveTimes
          bookingId={bookingId}
          isSeat={page.isSeat}
          nextDay={page.nextDay}
          toWeek={toWeek}
        />
      )}
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
