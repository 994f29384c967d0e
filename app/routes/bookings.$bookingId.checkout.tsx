import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { TimeSpan } from "~/components/date-time";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { HoldCountdown } from "~/features/bookings/hold-countdown";
import { listSeries } from "~/features/bookings/series.server";
import { declineWords } from "~/features/orders/decline-words";
import { findCheckout, findOrderPolicy, isHeld } from "~/features/orders/orders.server";
import { OrderSummary } from "~/features/orders/order-summary";
import { AT_STRIPE, PayForm } from "~/features/orders/pay-form";
import { PaymentFailed } from "~/features/orders/payment-failed";
import { PolicyList } from "~/features/orders/policy-list";
import { startCheckout } from "~/features/orders/start-checkout.server";
import { requireSignedIn } from "~/lib/auth.server";
import { formatMoney } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookingPaidPath, bookingPath, bookingReleasePath } from "~/lib/paths";

const ParamsSchema = z.object({ bookingId: z.uuid() });

/** Sessions booked at Calendly wait for most of a day. */
const LONG_HOLD_MS = 60 * 60 * 1000;

export const meta: MetaFunction = () => [{ title: pageTitle("Pay for your session") }];

export async function loader(args: LoaderFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db, profile } = await requireSignedIn(args);

  const [checkout, policy] = await Promise.all([
    findCheckout(db, bookingId),
    findOrderPolicy(db, bookingId),
  ]);
  if (!checkout || !policy) throw new Response("Not found", { status: 404 });
  // Paid, let go or lapsed: the booking's own page says which. What is free was booked just now.
  if (!isHeld(checkout, new Date())) {
    throw redirect(
      checkout.amount_cents === 0 ? bookingPaidPath(bookingId) : bookingPath(bookingId),
    );
  }

  const sessions = await listSeries(db, checkout.order_id);
  return {
    bookingId,
    title: checkout.offer_title,
    coachName: checkout.coach_name,
    sessions: sessions.map(({ id, starts_at, ends_at }) => ({
      id,
      startsAt: starts_at,
      endsAt: ends_at,
    })),
    amountCents: checkout.amount_cents,
    discountCents: checkout.discount_cents,
    isTaxed: checkout.automatic_tax,
    isInstant: checkout.is_instant,
    heldUntil: checkout.hold_expires_at,
    isLongHold: Date.parse(checkout.hold_expires_at) - Date.now() > LONG_HOLD_MS,
    failure: checkout.failure_code && declineWords(checkout.failure_code),
    timeZone: profile.time_zone,
    policy,
  };
}

// Nothing is typed here, so somebody who turns out to be signed out simply signs in and comes back.
export async function action(args: ActionFunctionArgs) {
  const { bookingId } = parseParams(args.params, ParamsSchema);
  const { db, profile } = await requireSignedIn(args);

  const checkout = await findCheckout(db, bookingId);
  if (!checkout) throw new Response("Not found", { status: 404 });
  if (!isHeld(checkout, new Date())) return redirect(bookingPath(bookingId));

  const started = await startCheckout(checkout, profile.id);
  if (started.ok) return redirect(started.url, 303);

  const error =
    started.status === 503
      ? "We can’t reach our payment provider right now. You were not charged and your time is still held: try again in a moment."
      : started.error;
  return data({ error }, { status: started.status });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function CheckoutRoute() {
  const checkout = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const price = formatMoney(checkout.amountCents, { alwaysCents: true });
  const count = checkout.sessions.length;

  return (
    <Page width="narrow">
      <PageHeader
        title="Almost yours"
        lead={
          <HoldCountdown
            until={checkout.heldUntil}
            timeZone={checkout.timeZone}
            isLong={checkout.isLongHold}
          />
        }
      />
      <div className="space-y-6">
        <FormErrors id="checkout-error" errors={lastResult ? [lastResult.error] : undefined} />
        {checkout.failure ? <PaymentFailed why={checkout.failure} /> : null}
        <OrderSummary
          label="What you are booking"
          title={checkout.title}
          coachName={checkout.coachName}
          sessions={count}
          amountCents={checkout.amountCents}
          discountCents={checkout.discountCents}
          isTaxed={checkout.isTaxed}
          due={checkout.isInstant ? "To pay now" : "To pay when it is accepted"}
          times={
            <ul className="space-y-1 pt-3">
              {checkout.sessions.map(({ id, startsAt, endsAt }) => (
                <li key={id}>
                  <TimeSpan start={startsAt} end={endsAt} timeZone={checkout.timeZone} />
                </li>
              ))}
            </ul>
          }
        >
          <div className="border-t px-5 py-4 sm:px-6">
            <h3 className="font-sans text-[0.9375rem] font-semibold">If plans change</h3>
            <div className="mt-1.5">
              {count > 1 ? (
                <p className="mb-1.5 text-[0.9375rem] text-muted-foreground">
                  This holds for each session by itself.
                </p>
              ) : null}
              <PolicyList policy={checkout.policy} />
            </div>
          </div>
        </OrderSummary>
        <PayForm
          label={checkout.isInstant ? `Pay ${price}` : `Authorize ${price} and ask`}
          note={
            checkout.isInstant
              ? AT_STRIPE
              : `${checkout.coachName} is asked first. Your bank holds the price meanwhile; it is taken only when ${checkout.coachName} accepts. You enter the card on Stripe’s own page.`
          }
        />
        <Form
          method="post"
          action={bookingReleasePath(checkout.bookingId)}
          className="flex justify-center"
        >
          <SubmitButton
            variant="ghost"
            pendingLabel="Letting it go…"
            formTarget={bookingReleasePath(checkout.bookingId)}
          >
            {count > 1 ? "Let these times go" : "Let this time go"}
          </SubmitButton>
        </Form>
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
