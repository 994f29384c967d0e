import { parseWithZod } from "@conform-to/zod/v4";
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";

import { FormErrors } from "~/components/form-errors";
import { Page, PageHeader } from "~/components/page";
import { PlusTax } from "~/components/plus-tax";
import { SubmitButton } from "~/components/submit-button";
import { COUPON_FIELD_BY_CODE } from "~/features/coupons/coupon-codes";
import { CouponField } from "~/features/coupons/coupon-field";
import { buyInInstalments, findInstalmentTerms } from "~/features/instalments/instalments.server";
import { PayChoice } from "~/features/instalments/pay-choice";
import { findOffer } from "~/features/offers/offers.server";
import { policyWords } from "~/features/orders/policy-words";
import { packageTerms } from "~/features/packages/package-terms.server";
import { PackageTermsList } from "~/features/packages/package-terms-list";
import { buyPackage, listComparedOffers } from "~/features/packages/packages.server";
import { getViewer } from "~/lib/auth.server";
import { replyWithRefusal } from "~/lib/form-refusal";
import { formatPrice } from "~/lib/format-money";
import { pageTitle } from "~/lib/page-title";
import { parseParams } from "~/lib/params.server";
import { getPlatformTerms } from "~/lib/platform-terms.server";
import {
  bookOfferPath,
  coachPath,
  orderCheckoutPath,
  packagePath,
  signInPath,
  welcomePath,
} from "~/lib/paths";
import { textSchema } from "~/lib/text-schema";

const ParamsSchema = z.object({ slug: z.string().max(80), offerId: z.uuid() });

/** A code is short; a longer one is refused, and not carried through sign-in. */
const BuySchema = z.object({
  pay: z.enum(["once", "parts"]).default("once"),
  agree: z.boolean().default(false),
  wordsSha256: z.string().max(64).default(""),
  coupon: textSchema().refine((code) => code.length <= 100, { error: "That is no coupon code." }),
});

const FIELD_BY_CODE = { ...COUPON_FIELD_BY_CODE, QPAGR: "agree", QPTRM: "agree" } as const;

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? page.offer.title : "Not found") },
  { name: "robots", content: "noindex" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const viewer = await getViewer(args);
  const offer = await findOffer(viewer.db, offerId, slug);
  if (!offer) throw new Response("Not found", { status: 404 });
  if (offer.kind !== "package") throw redirect(bookOfferPath(slug, offerId)); // it has times, or dates

  const [compared, parts, { automatic_tax: isTaxed }] = await Promise.all([
    listComparedOffers(viewer.db, offer.coach.id),
    offer.instalments ? findInstalmentTerms(viewer.db, offerId) : null,
    getPlatformTerms(viewer.db),
  ]);
  const { searchParams } = new URL(args.request.url);
  return {
    offer,
    isTaxed,
    terms: packageTerms([...compared, offer])[offer.id] ?? [],
    policy: policyWords(offer.coach.policy),
    parts,
    timeZone: viewer.signedIn ? viewer.profile.time_zone : offer.coach.time_zone,
    coupon: searchParams.get("coupon") ?? "",
    pay: searchParams.get("pay") === "parts" ? "parts" : "once",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { slug, offerId } = parseParams(args.params, ParamsSchema);
  const submission = parseWithZod(await args.request.formData(), { schema: BuySchema });
  const viewer = await getViewer(args);
  if (submission.status !== "success") return data(submission.reply(), { status: 400 });

  const { coupon, pay, agree, wordsSha256 } = submission.value;
  const here = packagePath(slug, offerId, { coupon, ...(pay === "parts" && { pay }) });
  if (!viewer.signedIn) return redirect(signInPath(here));

  const bought =
    pay === "parts"
      ? await buyInInstalments(viewer.db, {
          offerId,
          coupon,
          wordsSha256: agree ? wordsSha256 : "",
        })
      : await buyPackage(viewer.db, { offerId, coupon });
  if (bought.ok) return redirect(orderCheckoutPath(bought.value));
  if (bought.error.code === "UPONB") return redirect(welcomePath(here));
  return data(replyWithRefusal(submission, bought.error, FIELD_BY_CODE), {
    status: bought.error.status,
  });
}

export { revalidateAfterRefusal as shouldRevalidate } from "~/lib/revalidate-after-refusal";

export default function PackageRoute() {
  const { offer, isTaxed, terms, policy, parts, coupon, pay, timeZone } =
    useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>();
  const { slug, display_name: coachName } = offer.coach;
  const sent = lastResult?.initialValue?.["coupon"];
  const sentPay = lastResult?.initialValue?.["pay"];

  return (
    <Page width="narrow">
      <PageHeader
        above={
          <a href={coachPath(slug)} className="hover:underline">
            {coachName}
          </a>
        }
        title={offer.title}
        lead={offer.description || undefined}
      />
      <div className="space-y-6">
        <FormErrors id="refusal" errors={lastResult?.error?.[""] ?? undefined} />
        <section aria-label="What you get" className="rounded-lg border bg-card">
          <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3 p-5 sm:p-6">
            <div className="space-y-1">
              {terms.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
            <p className="font-display text-display-sm font-[550] tabular-nums">
              {formatPrice(offer.price_cents)}
              <PlusTax isTaxed={isTaxed} />
            </p>
          </div>
          <PackageTermsList
            coachName={coachName}
            isInstant={offer.is_instant}
            validMonths={offer.valid_months ?? 0}
            instalments={parts ? offer.instalments : null}
            policy={policy}
          />
        </section>
        <Form method="post" className="space-y-6">
          {parts ? (
            <PayChoice
              parts={parts}
              priceCents={offer.price_cents}
              timeZone={timeZone}
              chosen={sentPay === "parts" || (!lastResult && pay === "parts") ? "parts" : "once"}
              errors={lastResult?.error?.["agree"] ?? undefined}
            />
          ) : null}
          <CouponField
            sent={typeof sent === "string" ? sent : coupon}
            errors={lastResult?.error?.["coupon"] ?? undefined}
          />
          <SubmitButton size="lg" className="w-full" pendingLabel="One moment…">
            Buy this package
          </SubmitButton>
        </Form>
        <p className="text-center text-sm text-muted-foreground">
          You pay on the next page, on Stripe’s own form. Times are chosen afterwards.
        </p>
      </div>
    </Page>
  );
}

export { ErrorBoundary } from "~/components/error-boundary";
