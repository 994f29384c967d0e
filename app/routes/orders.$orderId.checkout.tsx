import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import Lock from "lucide-react/icons/lock";
import { z } from "zod";

import { DateTime } from "~/components/date-time";
import { EmptyState } from "~/components/empty-state";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { SubmitButton } from "~/components/submit-button";
import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { Button } from "~/components/ui/button";
import { LOOKS } from "~/features/bookings/confirming";
import { declineWords } from "~/features/orders/decline-words";
import { listPlanParts } from "~/features/instalments/instalments.server";
import { PartsList } from "~/features/instalments/parts-list";
import { startPackageCheckout } from "~/features/orders/start-checkout.server";
import { ConfirmingPackage } from "~/features/packages/confirming-package";
import { sessionsWords } from "~/features/packages/package-words";
import { findPackage } from "~/features/packages/packages.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { formatMoney } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { coachPath, orderCheckoutPath, ownPackagePath } from "~/lib/paths";

const ParamsSchema = z.object({ orderId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Pay for your package") }];

export async function loader(args: LoaderFunctionArgs) {
  const { orderId } = parseParams(args.params, ParamsSchema);
  const { db, profile } = await requireSignedIn(args);
  const { searchParams } = new URL(args.request.url);

  const order = await findPackage(db, orderId);
  if (!order) throw new Response("Not found", { status: 404 });

  const hasJustPaid = searchParams.get("checkout") === "done";
  const isWaiting = order.status === "pending" || order.status === "expired";
  if (!isWaiting && hasJustPaid && order.credits_left > 0) {
    throw await redirectWithFlash(ownPackagePath(order.package_id), {
      kind: "success",
      title: "Your package is paid for.",
      description: "Choose a time for the first session whenever you like.",
    });
  }
  // What is not due yet is charged by itself.
  const isLaterPart = (order.plan_position ?? 1) > 1;
  if (!isWaiting || (isLaterPart && !order.is_payable && !hasJustPaid)) {
    throw redirect(ownPackagePath(order.package_id));
  }

  const look = Number(searchParams.get("look")) || 0;
  return {
    orderId,
    title: order.offer_title,
    coachName: order.coach_name,
    coachSlug: order.coach_slug,
    sessionCount: order.session_count,
    amountCents: order.amount_cents,
    discountCents: order.discount_cents,
    isExpired: order.status === "expired",
    payBy: order.pay_by,
    failure: order.failure_code && declineWords(order.failure_code),
    parts: order.plan_id ? await listPlanParts(db, orderId) : [],
    isLaterPart,
    timeZone: profile.time_zone,
    look,
    isConfirming: hasJustPaid && look < LOOKS,
  };
}

// Nothing is typed here, so somebody who turns out to be signed out simply signs in and comes back.
export async function action(args: ActionFunctionArgs) {
  const { orderId } = parseParams(args.params, ParamsSchema);
  const { db, profile } = await requireSignedIn(args);

  const order = await findPackage(db, orderId);
  if (!order) throw new Response("Not found", { status: 404 });
  if (!order.is_payable) return redirect(orderCheckoutPath(orderId));

  const started = await startPackageCheckout(db, order, profile.id);
  if (started.ok) return redirect(started.url, 303);

  const error =
    "We can’t reach our payment provider right now. You were not charged: try again in a moment.";
  return data({ error }, { status: 503 });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function OrderCheckoutRoute() {
  const order = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  if (order.isConfirming) return <ConfirmingPackage orderId={order.orderId} look={order.look} />;

  const { sessionCount: count, discountCents } = order;
  const price = formatMoney(order.amountCents, { alwaysCents: true });
  if (order.isExpired) {
    return (
      <Page width="narrow">
        <PageHeader title="This order has expired" lead={order.title} />
        <EmptyState
          title="It was not paid for in time"
          action={
            <Button asChild>
              <a href={coachPath(order.coachSlug)}>Back to {order.coachName}</a>
            </Button>
          }
        >
          <p>
            You were not charged. A payment that is still on its way counts all the same: you get a
            mail as soon as it arrives.
          </p>
        </EmptyState>
      </Page>
    );
  }

  return (
    <Page width="narrow">
      <PageHeader
        title="One step left"
        lead={
          <>
            {order.isLaterPart ? (
              "Pay the part that could not be charged, with any card. The parts that come later are charged to it."
            ) : (
              <>
                Pay until <DateTime instant={order.payBy} timeZone={order.timeZone} />, then choose
                your times.
              </>
            )}
          </>
        }
      />
      <div className="space-y-6">
        <FormErrors id="checkout-error" errors={lastResult ? [lastResult.error] : undefined} />
        {order.failure ? (
          <Alert variant="destructive" role="status">
            <AlertTitle>The payment didn’t go through</AlertTitle>
            <AlertDescription>{order.failure} You were not charged.</AlertDescription>
          </Alert>
        ) : null}
        <section aria-label="What you are buying" className="rounded-lg border bg-card">
          <div className="space-y-1 p-5 sm:p-6">
            <h2 className="text-display-sm">{order.title}</h2>
            <p className="text-muted-foreground">with {order.coachName}</p>
          </div>
          <Line
            label={sessionsWords(count)}
            amount={`${count} × ${formatMoney((order.amountCents + discountCents) / count, { alwaysCents: true })}`}
          />
          {discountCents > 0 ? (
            <Line label="Coupon" amount={formatMoney(-discountCents, { alwaysCents: true })} />
          ) : null}
          <p className="flex items-baseline justify-between gap-6 border-t px-5 py-4 sm:px-6">
            <span className="font-semibold">To pay now</span>
            <span className="font-display text-display-sm font-[550] tabular-nums">{price}</span>
          </p>
        </section>
        {order.parts.length > 0 ? (
          <section aria-label="All payments">
            <h2 className="mb-3 font-sans text-[0.9375rem] font-semibold">All payments</h2>
            <PartsList parts={order.parts} timeZone={order.timeZone} />
          </section>
        ) : null}
        <Form method="post">
          <SubmitButton size="lg" className="w-full" pendingLabel="Opening the payment page…">
            <Lock aria-hidden /> Pay {price}
          </SubmitButton>
        </Form>
        <p className="text-center text-sm text-muted-foreground">
          You pay on Stripe’s own page. We never see your card.
        </p>
      </div>
    </Page>
  );
}

function Line({ label, amount }: { label: string; amount: string }) {
  return (
    <p className="flex items-baseline justify-between gap-6 border-t px-5 py-4 text-muted-foreground sm:px-6">
      <span>{label}</span>
      <span className="tabular-nums">{amount}</span>
    </p>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
