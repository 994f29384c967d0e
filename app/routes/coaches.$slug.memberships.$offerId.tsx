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
import { PlusTax } from "~/components/plus-tax";
import { ConsentSchema } from "~/features/memberships/consent-field";
import { findMembershipOffer } from "~/features/memberships/membership-offers.server";
import { everyWords, givesWords, priceWords } from "~/features/memberships/membership-words";
import { beginMembership, findMembershipTerms } from "~/features/memberships/memberships.server";
import { startMembership } from "~/features/memberships/start-membership.server";
import { SubscribeForm } from "~/features/memberships/subscribe-form";
import { agreedWords } from "~/features/no-show-fees/fee-words";
import { getViewer, signedOutReply } from "~/lib/auth.server";
import { formatMoney } from "~/lib/format-money";
import { replyWithRefusal } from "~/lib/form-refusal";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import { coachPath, membershipPath, signInPath, subscribePath, welcomePath } from "~/lib/paths";

const ParamsSchema = z.object({ slug: z.string().max(80), offerId: z.uuid() });

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Subscribe: ${page.offer.title}` : "Not found") },
  { name: "robots", content: "noindex" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const viewer = await getViewer(args);
  const [offer, terms, { automatic_tax: isTaxed }] = await Promise.all([
    findMembershipOffer(viewer.db, offerId, slug),
    findMembershipTerms(viewer.db, offerId),
    getPlatformTerms(viewer.db),
  ]);
  if (!offer || !terms) throw new Response("Not found", { status: 404 });
  return { offer, terms, isTaxed };
}

export async function action(args: ActionFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: ConsentSchema });
  const viewer = await getViewer(args);
  const here = subscribePath(slug, offerId);
  if (!viewer.signedIn) {
    return viewer.because === "none"
      ? redirect(signInPath(here)) // They tick the box once they are back.
      : signedOutReply(viewer, (message) => submission.reply({ formErrors: [message] }));
  }
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { agree, wordsSha256 } = submission.value;
  const begun = await beginMembership(viewer.db, offerId, agree ? wordsSha256 : "");
  if (!begun.ok && begun.error.code === "UPONB") return redirect(welcomePath(here));
  if (!begun.ok) {
    return data(replyWithRefusal(submission, begun.error, { MBAGR: "agree", MBTRM: "agree" }), {
      status: begun.error.status,
    });
  }
  const url = await startMembership(viewer.db, begun.value, viewer.profile.id);
  if (url) return redirect(url, { status: 303 });
  return data(submission.reply({ formErrors: [PAYMENT_IS_AWAY] }), { status: 503 });
}

const PAYMENT_IS_AWAY =
  "The payment page does not open right now. Nothing was charged. Try again in a minute.";

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function SubscribeRoute() {
  const { offer, terms, isTaxed } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const price = formatMoney(offer.price_cents, { alwaysCents: true });
  const every = everyWords(offer);

  return (
    <Page width="narrow">
      <PageHeader
        above={
          <a href={coachPath(offer.coach.slug)} className="hover:underline">
            {offer.coach.display_name}
          </a>
        }
        title={offer.title}
        lead={offer.description || undefined}
      />
      <dl className="mb-8 divide-y rounded-lg border bg-card">
        <Fact name="You get">{givesWords(offer)}</Fact>
        <Fact name="You pay">
          {terms.trial_days > 0
            ? `Nothing for ${terms.trial_days} days, then ${priceWords(offer)}`
            : priceWords(offer)}
          <PlusTax isTaxed={isTaxed} />
        </Fact>
        <Fact name="It renews">
          {terms.trial_days > 0
            ? `${price} is charged when the ${terms.trial_days} days are over, and then ${every}, until you cancel.`
            : `${price} is charged today and then ${every}, until you cancel.`}
        </Fact>
        <Fact name="Messages">
          What you write to {offer.coach.display_name} stands first in their messages until it is
          answered.
        </Fact>
        <Fact name="To cancel">
          One click on your membership’s page, at any time. It works until the end of what is paid.
        </Fact>
        <Fact name="Sessions">
          {offer.billing_interval === "year"
            ? "Those of all twelve months are yours at once. What you do not use within the year is not paid back."
            : "Use them within their month. What is left then is gone with it, and not paid back."}
        </Fact>
        {terms.no_show_fee_cents > 0 ? (
          <Fact name="If you don’t come">
            {agreedWords(
              { amount_cents: terms.no_show_fee_cents, objection_minutes: terms.objection_minutes },
              "client",
            )}
          </Fact>
        ) : null}
      </dl>
      {terms.membership_id ? (
        <p>
          You have a membership with {offer.coach.display_name}.{" "}
          <a href={membershipPath(terms.membership_id)} className="text-link">
            See or change it
          </a>
        </p>
      ) : (
        <SubscribeForm
          words={terms.words}
          wordsSha256={terms.words_sha256}
          lastResult={lastResult}
        />
      )}
    </Page>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1 px-5 py-3.5 sm:grid-cols-[8rem_1fr] sm:px-6">
      <dt className="text-muted-foreground">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
