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
import { EmptyState } from "~/components/empty-state";
import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { Button } from "~/components/ui/button";
import { listPlanParts } from "~/features/instalments/instalments.server";
import { PartsList } from "~/features/instalments/parts-list";
import { ConfirmingPayment, LOOKS } from "~/features/orders/confirming-payment";
import { declineWords } from "~/features/orders/decline-words";
import { OrderSummary } from "~/features/orders/order-summary";
import { AT_STRIPE, PayForm } from "~/features/orders/pay-form";
import { PaymentFailed } from "~/features/orders/payment-failed";
import { startPackageCheckout } from "~/features/orders/start-checkout.server";
import { findPackage } from "~/features/packages/packages.server";
import { requireSignedIn } from "~/lib/auth.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { formatMoney } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import {
  coachPath,
  orderCheckoutPath,
  orderPaidPath,
  ownPackagePath,
  packagesPath,
} from "~/lib/paths";

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
    isTaxed: order.automatic_tax,
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

  const started = await startPackageCheckout(order, profile.id);
  if (started.ok) return redirect(started.url, 303);

  return data({ error: started.error }, { status: started.status });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function OrderCheckoutRoute() {
  const order = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  if (order.isConfirming) {
    return (
      <ConfirmingPayment
        look={order.look}
        againPath={orderPaidPath(order.orderId, order.look + 1)}
        what="payment"
        meanwhile="we write to you as soon as it is settled, and nobody pays twice for one package"
        elsewhere={{ path: packagesPath(), label: "your packages" }}
      />
    );
  }

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
        {order.failure ? <PaymentFailed why={order.failure} /> : null}
        <OrderSummary
          label="What you are buying"
          title={order.title}
          coachName={order.coachName}
          sessions={order.sessionCount}
          amountCents={order.amountCents}
          discountCents={order.discountCents}
          isTaxed={order.isTaxed}
          due="To pay now"
        />
        {order.parts.length > 0 ? (
          <section aria-label="All payments">
            <h2 className="mb-3 font-sans text-[0.9375rem] font-semibold">All payments</h2>
            <PartsList parts={order.parts} timeZone={order.timeZone} />
          </section>
        ) : null}
        <PayForm label={`Pay ${price}`} note={AT_STRIPE} />
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
