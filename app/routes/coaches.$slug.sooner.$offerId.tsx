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

import { Page, PageHeader } from "~/components/page";
import { findOffer } from "~/features/offers/offers.server";
import { WatchForm } from "~/features/watches/watch-form";
import { WatchSchema } from "~/features/watches/watch-schema";
import { WatchState, WatchTerms } from "~/features/watches/watch-state";
import { findOfferWatch, stopWatch, watchOffer } from "~/features/watches/watches.server";
import { getViewer, requireOnboarded, signedOutReply } from "~/lib/auth.server";
import type { Db } from "~/lib/db.server";
import { redirectWithFlash } from "~/lib/flash.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { bookOfferPath, packagePath, welcomePath } from "~/lib/paths";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import { readTimeZone } from "~/lib/time-zone.server";

const ParamsSchema = z.object({ slug: z.string().max(80), offerId: z.uuid() });

export const meta: MetaFunction = () => [{ title: pageTitle("Tell me if a time opens") }];

export async function loader(args: LoaderFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const viewer = await requireOnboarded(args);
  const [offer, watch, terms] = await Promise.all([
    findOffer(viewer.db, offerId, slug),
    viewer.signedIn ? findOfferWatch(viewer.db, offerId) : null,
    getPlatformTerms(viewer.db),
  ]);
  if (!offer) throw new Response("Not found", { status: 404 });
  if (offer.session_count !== null) throw redirect(packagePath(slug, offerId)); // bought before times

  return {
    slug,
    offer: { id: offer.id, title: offer.title, coachName: offer.coach.display_name },
    watch,
    mailsPerDay: terms.opened_mails_per_day,
    ...readTimeZone(args.request, viewer),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const viewer = await getViewer(args);
  const form = await args.request.formData();
  const timesPath = bookOfferPath(slug, offerId);
  if (form.get("intent") === "stop" && viewer.signedIn) return stop(viewer.db, offerId, timesPath);

  const submission = parseWithZod(form, { schema: WatchSchema });
  if (!viewer.signedIn) {
    return signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { timeZone } = readTimeZone(args.request, viewer);
  const watched = await watchOffer(viewer.db, { offerId, timeZone, ...submission.value });
  if (!watched.ok) {
    if (watched.error.code === "UPONB") return redirect(welcomePath(timesPath));
    return data(replyWithRefusal(submission, watched.error, { WTDAY: "lastDay" }), {
      status: watched.error.status,
    });
  }
  return redirectWithFlash(timesPath, {
    kind: "success",
    title: "We are looking out for you.",
    description: "You get a mail when a time opens.",
  });
}

async function stop(db: Db, offerId: string, path: string) {
  const watch = await findOfferWatch(db, offerId);
  if (watch) await stopWatch(db, watch.id);
  return redirectWithFlash(path, { kind: "success", title: "We have stopped looking." });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function OfferSoonerRoute() {
  const { slug, offer, watch, mailsPerDay, timeZone } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  return (
    <Page width="narrow">
      <PageHeader
        above={<a href={bookOfferPath(slug, offer.id)}>{offer.title}</a>}
        title="Tell me if a time opens"
        lead={`${offer.coachName} may have nothing when you need it. If that changes, we can tell you.`}
      />
      {watch ? <WatchState beforeAt={watch.before_at} timeZone={timeZone} /> : null}
      <WatchTerms mailsPerDay={mailsPerDay} />
      <WatchForm lastResult={lastResult} isChange={watch !== null} />
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
