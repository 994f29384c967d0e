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
import { Page, PageHeader } from "~/components/page";
import { cancelBooking, findRefundQuote, findSession } from "~/features/bookings/bookings.server";
import { CancelForm } from "~/features/bookings/cancel-form";
import { FollowingQuotes } from "~/features/bookings/following-quotes";
import { readScope } from "~/features/bookings/scope";
import { ScopeLinks } from "~/features/bookings/scope-links";
import { listFollowingQuotes } from "~/features/bookings/series.server";
import { creditsBackWords, followingQuoteWords, quoteWords } from "~/features/orders/refund-words";
import { getViewer, requireProfile, signedOutReply } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { formatMoney } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingCancelPath, bookingPath } from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ bookingId: z.uuid() });

const CancelSchema = z.object({
  expectedRefundCents: z.int({ error: "Look at the amount again." }),
  expectedCredits: z.int({ error: "Look at it again." }).default(0),
  reason: textSchema(),
  scope: z.literal("following").optional(),
});

export const meta: MetaFunction = () => [{ title: pageTitle("Cancel a session") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireProfile(args);
  const wanted = readScope(new URL(args.request.url).searchParams.get("scope"));
  // After a form was sent: what was typed is all there is to show.
  if (!viewer.signedIn) {
    return { bookingId, scope: wanted, session: null, quote: null, following: [] };
  }

  const [session, quote, following] = await Promise.all([
    findSession(viewer.db, bookingId),
    findRefundQuote(viewer.db, bookingId),
    listFollowingQuotes(viewer.db, bookingId),
  ]);
  if (!session || !quote) throw new Response("Not found", { status: 404 });
  // Done already, or too late: the session's page says which.
  if (!session.is_cancellable && args.context.method !== "POST") {
    throw redirect(bookingPath(bookingId));
  }

  const reader = { isClient: session.party === "client", timeZone: session.time_zone };
  const scope = following.length > 1 ? wanted : null;
  const all = {
    refundCents: following.reduce((sum, { refund_cents }) => sum + refund_cents, 0),
    credits: following.filter(({ returns_credit }) => returns_credit).length,
    words: followingQuoteWords(following, reader),
  };
  return {
    bookingId,
    scope,
    following,
    session: {
      title: session.offer_title,
      counterpart: session.counterpart_name,
      startsAt: session.starts_at,
      endsAt: session.ends_at,
      timeZone: session.time_zone,
    },
    quote: scope
      ? all
      : {
          refundCents: quote.refund_cents,
          credits: quote.returns_credit ? 1 : 0,
          words: quoteWords(quote, reader, new Date()),
        },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: CancelSchema });
  const viewer = await getViewer(args);
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { expectedRefundCents, expectedCredits, reason, scope } = submission.value;
  const cancelled = await cancelBooking(viewer.db, {
    bookingId,
    expectedRefundCents,
    expectedCredits,
    reason,
    andFollowing: scope === "following",
  });
  if (!cancelled.ok) {
    return data(replyWithRefusal(submission, cancelled.error), {
      status: cancelled.error.status,
    });
  }
  return redirectWithFlash(bookingPath(bookingId), {
    kind: "success",
    title: scope ? "The sessions are cancelled." : "The session is cancelled.",
    description: backWords(cancelled.value, expectedCredits),
  });
}

function backWords(cents: number, credits: number): string | undefined {
  const money = cents > 0 ? `${formatMoney(cents, { alwaysCents: true })} is on its way back.` : "";
  const sessions = credits > 0 ? creditsBackWords(credits) : "";
  return [sessions, money].filter(Boolean).join(" ") || undefined;
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function CancelRoute() {
  const { bookingId, scope, session, quote, following } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const [amount, ...rest] = quote?.words ?? [];

  return (
    <Page width="narrow">
      <PageHeader
        title={scope ? "Cancel this and all that follow?" : "Cancel this session?"}
        lead={
          session ? (
            <>
              {session.title}
              <br />
              with {session.counterpart}
            </>
          ) : undefined
        }
      />
      {session && quote ? (
        <div className="mb-8 space-y-5">
          {following.length > 1 ? (
            <ScopeLinks
              scope={scope}
              count={following.length}
              toScope={(other) => bookingCancelPath(bookingId, other)}
            />
          ) : null}
          {scope ? (
            <FollowingQuotes quotes={following} timeZone={session.timeZone} />
          ) : (
            <p>
              <TimeSpan start={session.startsAt} end={session.endsAt} timeZone={session.timeZone} />
            </p>
          )}
          <div className="rounded-lg border border-l-4 border-l-lamp bg-card p-5 sm:p-6">
            <p className="font-display text-display-sm font-[550]">{amount}</p>
            {rest.map((sentence) => (
              <p key={sentence} className="mt-2 text-muted-foreground" suppressHydrationWarning>
                {sentence}
              </p>
            ))}
          </div>
        </div>
      ) : null}
      <CancelForm
        bookingId={bookingId}
        scope={scope}
        refundCents={quote?.refundCents ?? null}
        credits={quote?.credits ?? null}
        counterpart={session?.counterpart ?? null}
        lastResult={lastResult}
      />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
