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
import { BookedThereState } from "~/features/calendly/booked-there-state";
import { claimBookedThere, findBookedThere } from "~/features/calendly/booked-there.server";
import { getViewer } from "~/lib/auth.server";
import { formatPrice } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookedAtCalendlyPath, bookingCheckoutPath, signInPath, welcomePath } from "~/lib/paths";

const ParamsSchema = z.object({ id: z.uuid() });

export const meta: MetaFunction = () => [
  { title: pageTitle("Confirm your session") },
  { name: "robots", content: "noindex" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { id } = parseParams(args.params, ParamsSchema);
  const viewer = await getViewer(args);
  const booked = await findBookedThere(viewer.db, id);
  if (!booked) throw new Response("Not found", { status: 404 });
  if (booked.booking_id) throw redirect(bookingCheckoutPath(booked.booking_id));

  const reader = !viewer.signedIn
    ? ("visitor" as const)
    : viewer.profile.onboarded_at
      ? ("known" as const)
      : ("newcomer" as const);
  return { id, booked, reader };
}

// Nothing is typed here, so somebody who turns out to be signed out simply signs in and comes back.
export async function action(args: ActionFunctionArgs) {
  const { id } = parseParams(args.params, ParamsSchema);
  const viewer = await getViewer(args);
  if (!viewer.signedIn) return redirect(signInPath(bookedAtCalendlyPath(id)));

  const claimed = await claimBookedThere(viewer.db, id);
  if (claimed.ok) return redirect(bookingCheckoutPath(claimed.value));
  if (claimed.error.code === "UPONB") return redirect(welcomePath(bookedAtCalendlyPath(id)));
  return data({ error: claimed.error.message }, { status: claimed.error.status });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function BookedAtCalendlyRoute() {
  const { id, booked, reader } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <PageHeader
        title={`Your session with ${booked.coach_name}`}
        lead="Booked through Calendly."
      />
      <div className="space-y-6">
        <FormErrors id="refusal" errors={refusal ? [refusal.error] : undefined} />
        <section aria-label="What you booked" className="rounded-lg border bg-card">
          <div className="space-y-1 p-5 sm:p-6">
            <h2 className="text-display-sm">{booked.offer_title}</h2>
            <p>
              <TimeSpan start={booked.starts_at} end={booked.ends_at} timeZone={booked.time_zone} />
            </p>
          </div>
          <p className="flex items-baseline justify-between gap-6 border-t px-5 py-4 sm:px-6">
            <span className="font-semibold">Price</span>
            <span className="font-display text-display-sm font-[550] tabular-nums">
              {formatPrice(booked.price_cents)}
            </span>
          </p>
        </section>
        <BookedThereState id={id} booked={booked} reader={reader} />
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
