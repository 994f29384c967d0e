import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { DateTime } from "~/components/date-time";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { findNoShowFee, findNoShowFeeCheckout } from "~/features/no-show-fees/no-show-fees.server";
import { ConfirmingPayment, LOOKS } from "~/features/orders/confirming-payment";
import { declineWords } from "~/features/orders/decline-words";
import { AT_STRIPE, PayForm } from "~/features/orders/pay-form";
import { PaymentFailed } from "~/features/orders/payment-failed";
import { startFeeCheckout } from "~/features/orders/start-checkout.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { formatMoney } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingFeePaidPath, bookingFeePath, bookingPath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Pay for a missed session") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db, profile } = await requireSignedIn(args);
  const { searchParams } = new URL(args.request.url);
  const hasJustPaid = searchParams.get("checkout") === "done";

  const [fee, checkout] = await Promise.all([
    findNoShowFee(db, bookingId),
    findNoShowFeeCheckout(db, bookingId),
  ]);
  if (!fee) throw new Response("Not found", { status: 404 });
  if (hasJustPaid && fee.state === "paid") {
    throw await redirectWithFlash(bookingPath(bookingId), {
      kind: "success",
      title: "It is paid.",
      description: "The receipt is on Billing, in your settings.",
    });
  }
  if (!checkout) throw redirect(bookingPath(bookingId)); // It says how that stands.

  const look = Number(searchParams.get("look")) || 0;
  return {
    bookingId,
    title: checkout.offer_title,
    coachName: checkout.coach_name,
    startsAt: checkout.starts_at,
    amountCents: checkout.amount_cents,
    retryAt: fee.retry_at,
    failure: checkout.failure_code && declineWords(checkout.failure_code),
    timeZone: profile.time_zone,
    look,
    isConfirming: hasJustPaid && look < LOOKS,
  };
}

// Nothing is typed here, so somebody who turns out to be signed out simply signs in and comes back.
export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db, profile } = await requireSignedIn(args);

  const checkout = await findNoShowFeeCheckout(db, bookingId);
  if (!checkout) return redirect(bookingFeePath(bookingId));

  const started = await startFeeCheckout(bookingId, checkout, profile.id);
  if (started.ok) return redirect(started.url, 303);

  return data({ error: started.error }, { status: started.status });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function FeeRoute() {
  const fee = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  if (fee.isConfirming) {
    return (
      <ConfirmingPayment
        look={fee.look}
        againPath={bookingFeePaidPath(fee.bookingId, fee.look + 1)}
        what="payment"
        meanwhile="we write to you as soon as it is settled, and nobody pays twice for one session"
        elsewhere={{ path: bookingPath(fee.bookingId), label: "the session’s page" }}
      />
    );
  }

  const amount = formatMoney(fee.amountCents, { alwaysCents: true });
  return (
    <Page width="narrow">
      <PageHeader
        above={
          <a href={bookingPath(fee.bookingId)} className="hover:underline">
            The session
          </a>
        }
        title="Pay for a missed session"
        lead={
          fee.retryAt ? (
            <>
              Pay with any card. If you do nothing, the card of your membership is tried again on{" "}
              <DateTime instant={fee.retryAt} timeZone={fee.timeZone} />.
            </>
          ) : (
            "Pay with any card."
          )
        }
      />
      <div className="space-y-6">
        <FormErrors id="fee-error" errors={lastResult ? [lastResult.error] : undefined} />
        {fee.failure ? <PaymentFailed why={fee.failure} /> : null}
        <section aria-label="What you are paying for" className="rounded-lg border bg-card">
          <div className="space-y-1 p-5 sm:p-6">
            <h2 className="text-display-sm">{fee.title}</h2>
            <p className="text-muted-foreground">
              with {fee.coachName}, <DateTime instant={fee.startsAt} timeZone={fee.timeZone} />
            </p>
          </div>
          <p className="flex items-baseline justify-between gap-6 border-t px-5 py-4 sm:px-6">
            <span className="font-semibold">No-show fee</span>
            <span className="font-display text-display-sm font-[550] tabular-nums">{amount}</span>
          </p>
        </section>
        <PayForm label={`Pay ${amount}`} note={AT_STRIPE} />
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
